package dev.livedub.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livedub.media.net.Patience;
import dev.livedub.media.net.TestCertificate;
import dev.livedub.media.net.TlsLink;
import dev.livedub.media.rtsp.RtspException.Reason;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RTSP over TLS. */
@Timeout(60)
class RtspsTest {

  private static final int RECORDS = 60;
  private static final String RECORD = "x".repeat(1_400);

  @TempDir private static Path directory;
  private static TestCertificate certificate;

  private final Patience patience = new Patience();

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.make(directory);
  }

  private static ServerSocket listener() throws Exception {
    return certificate.listening("TLSv1.3");
  }

  private static long soon() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
  }

  private ByteStream connected(ScriptedServer server, String host, TlsLink.Trust trust)
      throws RtspException {
    RtspUrl url = RtspUrl.parse("rtsps://" + host + ":" + server.port() + "/x");
    return Dialer.dial(url, soon(), patience, trust);
  }

  private ByteStream connected(ScriptedServer server) throws RtspException {
    return connected(server, "127.0.0.1", certificate::trusting);
  }

  @Test
  void dial_trustedAndOfThatName_carriesBytesBothWays() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.on(listener(), peer -> peer.answer(peer.expect("OPTIONS"), "200 OK"));
        ByteStream stream = connected(server)) {
      Wire wire = new Wire(stream, ByteBuffer.allocate(Wire.BUFFER_BYTES), 0, comeBytes -> {});
      wire.write(
          "OPTIONS * RTSP/1.0\r\nCSeq: 5\r\n\r\n".getBytes(StandardCharsets.US_ASCII), soon());

      assertThat(wire.next(soon())).isEqualTo(Wire.Unit.MESSAGE);
      assertThat(wire.message().sequence()).hasValue(5);
      assertThat(wire.next(soon())).isEqualTo(Wire.Unit.END);
    }
  }

  @Test
  void dial_trustedButOfAnotherName_isRefused() throws Exception {
    try (ScriptedServer server = ScriptedServer.on(listener(), ScriptedServer.Peer::awaitEnd)) {
      RtspException e =
          catchThrowableOfType(
              RtspException.class,
              () -> connected(server, "localhost", certificate::trusting).close());

      assertThat(e.reason()).isEqualTo(Reason.UNTRUSTED);
      assertThat(e).hasMessageContaining("localhost");
    }
  }

  @Test
  void open_certificateOfNobodys_isRefused() throws Exception {
    try (ScriptedServer server = ScriptedServer.on(listener(), ScriptedServer.Peer::awaitEnd);
        RtspClient client =
            new RtspClient(
                "rtsps://127.0.0.1:" + server.port() + "/x",
                ByteBuffer.allocate(RtspClient.BUFFER_BYTES),
                Duration.ZERO,
                SSLContext::getDefault)) {
      RtspException e = catchThrowableOfType(RtspException.class, () -> client.open(soon()));

      assertThat(e.reason()).isEqualTo(Reason.UNTRUSTED);
      assertThat(e).hasMessageStartingWith("its certificate is not trusted: ");
    }
  }

  @Test
  void open_serverWithoutTls_isRefused() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.send("220 hello\r\n"))) {
      RtspException e = catchThrowableOfType(RtspException.class, () -> connected(server).close());

      assertThat(e.reason()).isEqualTo(Reason.UNTRUSTED);
      assertThat(e).hasMessageStartingWith("TLS: ");
    }
  }

  /** Who waits before a read must not get one record only for it, as servers write small ones. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void read_manyRecordsAreThere_takesThemAll(String protocol) throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.on(
                certificate.listening(protocol),
                peer -> {
                  for (int i = 0; i < RECORDS; i++) {
                    peer.send(RECORD);
                  }
                  sent.countDown();
                  peer.awaitEnd();
                });
        ByteStream stream = connected(server)) {
      assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
      ByteBuffer into = ByteBuffer.allocate(2 * RECORDS * RECORD.length());
      int reads = 0;
      while (into.position() < RECORDS * RECORD.length()) {
        assertThat(stream.read(into, soon())).isPositive();
        reads++;
      }
      // All of it was on its way; loopback may still need a moment for the last of it.
      assertThat(reads).isLessThan(RECORDS / 4);
    }
  }

  @Test
  void read_silence_endsAtItsTime() throws Exception {
    try (ScriptedServer server = ScriptedServer.on(listener(), ScriptedServer.Peer::awaitEnd);
        ByteStream stream = connected(server)) {
      long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
      RtspException e =
          catchThrowableOfType(
              RtspException.class, () -> stream.read(ByteBuffer.allocate(10), dueNanos));

      assertThat(e.reason()).isEqualTo(Reason.OUT_OF_TIME);
    }
  }

  @Test
  void write_serverDoesNotRead_endsAtItsTime() throws Exception {
    CompletableFuture<Void> tried = new CompletableFuture<>();
    try (ScriptedServer server =
            ScriptedServer.on(
                listener(),
                peer -> {
                  peer.send("x"); // which shakes hands
                  tried.join();
                });
        ByteStream stream = connected(server)) {
      ByteBuffer flood = ByteBuffer.allocate(32 * 1024 * 1024);
      long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
      RtspException e =
          catchThrowableOfType(RtspException.class, () -> stream.write(flood, dueNanos));
      tried.complete(null);

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
        ByteStream stream = connected(server)) {
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
      patience.cancel();

      assertThat(reading.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CANCELLED);
    }
  }
}
