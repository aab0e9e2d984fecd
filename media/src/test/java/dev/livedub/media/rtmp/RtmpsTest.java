package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livedub.media.flv.TagWriter.Kind;
import dev.livedub.media.net.TestCertificate;
import dev.livedub.media.net.TlsLink;
import dev.livedub.media.rtmp.RtmpException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RTMPS with a certificate that its owner has signed and that names 127.0.0.1 only. */
@Timeout(60)
final class RtmpsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private static Path directory;

  private static TestCertificate certificate;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.make(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void open_trusted_carriesTheStream(String protocol) throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            certificate.unbound(protocol),
            peer -> {
              peer.granted();
              for (int i = 0; i < 20; i++) {
                assertThat(peer.message(MessageType.VIDEO).payload())
                    .hasSize(100_000)
                    .containsOnly(i);
                peer.status("status", "NetStream.Some.Thing", "x".repeat(3_000));
              }
              peer.bidFarewell();
            })) {
      RtmpPublisher publisher = publisher("127.0.0.1", server, certificate::trusting);
      publisher.open(Set.of(), PublisherRig.SEND_BUFFER_BYTES);
      for (int i = 0; i < 20; i++) {
        TestTags.publish(publisher, Kind.PICTURE, i, 100_000);
        publisher.flush();
      }
      publisher.finish();

      server.await();
    }
  }

  @Test
  void open_unknownCertificate_isNotTrusted() {
    RtmpException e = refusal("127.0.0.1", SSLContext::getDefault);

    assertThat(e.reason()).isEqualTo(Reason.LOST);
    assertThat(e).hasMessageStartingWith("its certificate is not trusted: ");
  }

  @Test
  void open_certificateOfAnotherHost_isNotTrusted() {
    assertThat(refusal("localhost", certificate::trusting))
        .hasMessageStartingWith("its certificate is not trusted: ")
        .hasMessageContaining("localhost");
  }

  @Test
  void open_serverWithoutTls_saysSo() {
    try (ScriptedServer server =
        ScriptedServer.start(peer -> peer.socket().getOutputStream().write(new byte[100]))) {
      RtmpException e = refusal(publisher("127.0.0.1", server, certificate::trusting));

      assertThat(e.reason()).isEqualTo(Reason.LOST);
      assertThat(e).hasMessageStartingWith("TLS: ");
    }
  }

  @Test
  void open_serverHangsUpWithinTls_isNoDenial() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.socket().shutdownOutput())) {
      RtmpException e = refusal(publisher("127.0.0.1", server, certificate::trusting));

      assertThat(e.reason()).isEqualTo(Reason.HUNG_UP);
    }
  }

  @Test
  void open_serverFallsSilentWithinTls_endsAtItsBound() {
    try (ScriptedServer server =
        ScriptedServer.start(peer -> peer.socket().getInputStream().readAllBytes())) {
      RtmpPublisher publisher = publisher("127.0.0.1", server, certificate::trusting);
      publisher.within(Duration.ofMillis(300));

      assertThat(refusal(publisher)).hasMessage("no answer in time");
    }
  }

  @Test
  void flush_serverEndsTls_isLost() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(certificate.unbound("TLSv1.3"), ScriptedPeer::granted)) {
      RtmpPublisher publisher = publisher("127.0.0.1", server, certificate::trusting);
      publisher.open(Set.of(), PublisherRig.SEND_BUFFER_BYTES);

      assertThat(PublisherRig.flushUntilLost(publisher)).hasMessageContaining("ended");
      server.await();
    }
  }

  private static RtmpException refusal(String host, TlsLink.Trust trust) {
    // What becomes of the server's side does not matter: it may see an alert or the end.
    try (ScriptedServer server =
        ScriptedServer.start(certificate.unbound("TLSv1.3"), ScriptedPeer::granted)) {
      return refusal(publisher(host, server, trust));
    }
  }

  private static RtmpException refusal(RtmpPublisher publisher) {
    try (publisher) {
      return catchThrowableOfType(
          RtmpException.class, () -> publisher.open(Set.of(), PublisherRig.SEND_BUFFER_BYTES));
    }
  }

  private static RtmpPublisher publisher(String host, ScriptedServer server, TlsLink.Trust trust) {
    RtmpPublisher publisher =
        new RtmpPublisher(
            RtmpAddress.of("rtmps://" + host + ":" + server.port() + "/live/key"), trust);
    publisher.within(PATIENCE);
    return publisher;
  }
}
