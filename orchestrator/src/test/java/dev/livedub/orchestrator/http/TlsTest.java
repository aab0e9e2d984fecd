package dev.livedub.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.metrics.Measurements;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir private static Path dir;

  private static SSLContext trusting;
  private static Path certificate;
  private static Path key;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path file = dir.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "a",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=dns:localhost",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString()))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    certificate = pem("certificate.pem", "CERTIFICATE", store.getCertificate("a").getEncoded());
    key = pem("key.pem", "PRIVATE KEY", store.getKey("a", PASSWORD.toCharArray()).getEncoded());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("a", store.getCertificate("a"));
    trust.init(certificates);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, trust.getTrustManagers(), null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void call_overTls_isAnswered(String protocol) throws Exception {
    try (Measurements measurements = new Measurements();
        HttpServer server = start(measurements, certificate, key)) {
      HttpResponse<String> answer = get(server.port(), protocol, "/v1/prometheus/targets");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
      assertThat(answer.body()).contains("\"__scheme__\":\"https\"");
      assertThat(get(server.port(), protocol, "/" + "a".repeat(9_000)).statusCode()).isEqualTo(414);
    }
  }

  @Test
  void call_byOldTlsOrNone_isNotAnswered() throws Exception {
    try (Measurements measurements = new Measurements();
        HttpServer server = start(measurements, certificate, key)) {
      assertThatThrownBy(() -> get(server.port(), "TLSv1.1", "/healthz"))
          .isInstanceOf(IOException.class);
      try (RawClient plain = new RawClient(server.port())) {
        plain.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(plain.rest()).doesNotContain("HTTP/1.1 200");
      }
      assertThat(get(server.port(), "TLSv1.3", "/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void start_filesThatAreNotThere_areBothNamed() {
    Path missing = dir.resolve("missing.pem");
    assertThat(problems(missing, missing))
        .extracting(ConfigProblem::key)
        .containsExactly("http.tls-cert", "http.tls-key");
    assertThat(problems(missing, missing).get(0).line())
        .contains(missing.toString(), "expected a certificate chain in PEM");
  }

  @Test
  void start_filesThatDoNotFit_areNamedAndNotShown() throws Exception {
    assertThat(problems(key, key)).extracting(ConfigProblem::key).contains("http.tls-cert");
    assertThat(problems(certificate, certificate))
        .extracting(ConfigProblem::key)
        .containsExactly("http.tls-key");
    Path broken = Files.writeString(dir.resolve("broken.pem"), "no key");
    assertThat(problems(certificate, broken).get(0).line())
        .startsWith("http.tls-key")
        .contains("PKCS#8")
        .doesNotContain("no key");
  }

  private static List<ConfigProblem> problems(Path certificateFile, Path keyFile) {
    try (Measurements measurements = new Measurements()) {
      return catchThrowableOfType(
              ConfigException.class, () -> start(measurements, certificateFile, keyFile))
          .problems();
    }
  }

  private static HttpServer start(Measurements measurements, Path certificateFile, Path keyFile)
      throws IOException, ConfigException {
    HttpConfig config =
        new HttpConfig(
            "127.0.0.1",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new HttpConfig.Tls(certificateFile, keyFile)));
    return HttpServer.start(config, new FakeStreams(), measurements);
  }

  private static HttpResponse<String> get(int port, String protocol, String path) throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    HttpClient client =
        HttpClient.newBuilder().sslContext(trusting).sslParameters(parameters).build();
    return client.send(
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build(),
        BodyHandlers.ofString());
  }

  private static Path pem(String name, String kind, byte[] bytes) throws IOException {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
            + "\n-----END "
            + kind
            + "-----\n";
    return Files.writeString(dir.resolve(name), text);
  }
}
