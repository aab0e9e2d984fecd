package dev.livedub.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate is its own work, and bears the name localhost. */
@Timeout(60)
class TlsStreamTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path directory;
  private static @Nullable SSLContext context;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path file = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "x",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("x", keys.getCertificate("x"));
    KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    mine.init(keys, PASSWORD);
    TrustManagerFactory theirs =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    theirs.init(trusted);
    SSLContext made = SSLContext.getInstance("TLS");
    made.init(mine.getKeyManagers(), theirs.getTrustManagers(), null);
    context = made;
  }

  private static SSLContext context() {
    return Objects.requireNonNull(context);
  }

  private static ServerSocket listener() throws Exception {
    return context()
        .getServerSocketFactory()
        .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static long soon() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
  }

  private static TlsStream connected(ScriptedServer server, String host) throws Exception {
    TlsStream stream = new TlsStream(context().getSocketFactory());
    stream.connect(
        host, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), soon());
    return stream;
  }

  @Test
  void connect_trustedAndOfThatName_carriesBytesBothWays() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.on(listener(), peer -> peer.answer(peer.expect("OPTIONS"), "200 OK"));
        TlsStream stream = connected(server, "localhost")) {
      Wire wire = new Wire(stream, ByteBuffer.allocate(Wire.BUFFER_BYTES), 0, comeBytes -> {});
      wire.write(
          "OPTIONS * RTSP/1.0\r\nCSeq: 5\r\n\r\n".getBytes(StandardCharsets.US_ASCII), soon());

      assertThat(wire.next(soon())).isEqualTo(Wire.Unit.MESSAGE);
      assertThat(wire.message().sequence()).hasValue(5);
      assertThat(wire.next(soon())).isEqualTo(Wire.Unit.END);
    }
  }

  @Test
  void connect_trustedButOfAnotherName_isRefused() throws Exception {
    try (ScriptedServer server = ScriptedServer.on(listener(), ScriptedServer.Peer::awaitEnd)) {
      RtspException e =
          catchThrowableOfType(
              RtspException.class, () -> connected(server, "other.example").close());

      assertThat(e.reason()).isEqualTo(Reason.UNTRUSTED);
    }
  }

  @Test
  void open_certificateOfNobodys_isRefused() throws Exception {
    try (ScriptedServer server = ScriptedServer.on(listener(), ScriptedServer.Peer::awaitEnd);
        RtspClient client =
            new RtspClient(
                "rtsps://localhost:" + server.port() + "/x",
                ByteBuffer.allocate(RtspClient.BUFFER_BYTES),
                Duration.ZERO)) {
      RtspException e = catchThrowableOfType(RtspException.class, () -> client.open(soon()));

      assertThat(e.reason()).isEqualTo(Reason.UNTRUSTED);
      assertThat(e).hasMessageContaining("TLS");
    }
  }

  @Test
  void read_silence_endsAtItsTime() throws Exception {
    try (ScriptedServer server = ScriptedServer.on(listener(), ScriptedServer.Peer::awaitEnd);
        TlsStream stream = connected(server, "localhost")) {
      long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
      RtspException e =
          catchThrowableOfType(
              RtspException.class, () -> stream.read(ByteBuffer.allocate(10), dueNanos));

      assertThat(e.reason()).isEqualTo(Reason.OUT_OF_TIME);
    }
  }

  @Test
  void cancel_whileReading_endsIt() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.on(
                listener(),
                peer -> {
                  peer.send("x");
                  sent.countDown();
                  peer.awaitEnd();
                });
        TlsStream stream = connected(server, "localhost")) {
      CompletableFuture<RtspException> reading =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      RtspException.class,
                      () -> {
                        int sizeBytes;
                        do {
                          sizeBytes = stream.read(ByteBuffer.allocate(10), soon());
                        } while (sizeBytes >= 0);
                      }));
      assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
      stream.cancel();

      assertThat(reading.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CANCELLED);
    }
  }
}
