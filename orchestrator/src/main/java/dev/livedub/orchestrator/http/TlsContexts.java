package dev.livedub.orchestrator.http;

import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.ConfigProblem;
import dev.livedub.orchestrator.config.HttpConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Makes TLS 1.2 and 1.3, as the JDK speaks them, from files in PEM. */
final class TlsContexts {

  /** Key of the setting that names the certificate and those that vouch for it. */
  static final String CERTIFICATE_KEY = "http.tls-cert";

  /** Key of the setting that names the private key. */
  static final String PRIVATE_KEY_KEY = "http.tls-key";

  private static final String ORIGIN = "file";
  private static final String CERTIFICATE_EXPECTED = "a certificate chain in PEM that can be read";
  private static final String PRIVATE_KEY_EXPECTED =
      "the certificate's private key, PKCS#8 in PEM without a password, that can be read";

  private TlsContexts() {}

  /**
   * TLS with a certificate.
   *
   * @throws ConfigException naming each file that cannot be used
   */
  static SslContext load(HttpConfig.Tls files) throws ConfigException {
    List<ConfigProblem> problems = new ArrayList<>();
    if (!holdsCertificates(files.certificateChain())) {
      problems.add(problem(CERTIFICATE_KEY, files.certificateChain(), CERTIFICATE_EXPECTED));
    }
    if (!Files.isReadable(files.privateKey()) || Files.isDirectory(files.privateKey())) {
      problems.add(problem(PRIVATE_KEY_KEY, files.privateKey(), PRIVATE_KEY_EXPECTED));
    }
    Optional<SslContext> tls = problems.isEmpty() ? context(files) : Optional.empty();
    if (tls.isEmpty() && problems.isEmpty()) {
      problems.add(problem(PRIVATE_KEY_KEY, files.privateKey(), PRIVATE_KEY_EXPECTED));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return tls.orElseThrow();
  }

  private static Optional<SslContext> context(HttpConfig.Tls files) {
    try {
      return Optional.of(
          SslContextBuilder.forServer(
                  files.certificateChain().toFile(), files.privateKey().toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .build());
    } catch (SSLException | IllegalArgumentException e) {
      return Optional.empty(); // what such an exception says can hold parts of the key
    }
  }

  private static boolean holdsCertificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return !CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty();
    } catch (IOException | CertificateException e) {
      return false;
    }
  }

  private static ConfigProblem problem(String key, Path file, String expected) {
    return new ConfigProblem(key, ORIGIN, file.toString(), expected);
  }
}
