package dev.livedub.media.rtsp;

import dev.livedub.media.net.Patience;
import dev.livedub.media.net.TlsLink;
import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Plays what an RTSP server offers (RFC 2326), with RTP packets over the RTSP connection itself.
 *
 * <p>{@link #open} once; then each {@link #next} finds one RTP or RTCP packet in the buffer, valid
 * until the call after it. Packets are made to fit the description that {@code open} gave, which is
 * for a demuxer that is handed one packet at a time and has no other way to tell tracks apart.
 *
 * <p><b>Threading:</b> one owner; {@link #cancel} by any thread. <b>Ownership:</b> borrows the
 * buffer until closed; owns the connection.
 */
public final class RtspClient implements AutoCloseable {

  /** What the buffer must hold at least. */
  public static final int BUFFER_BYTES = PacketFlow.RESERVED_BYTES + Wire.BUFFER_BYTES;

  private static final int MAX_REDIRECTS = 5;

  /**
   * Who listens to the first sender reports looks at when exactly packets come, so gathering them
   * begins later: their period is 5 s with some publishers.
   */
  private static final Duration GATHERING_BEGINS = Duration.ofSeconds(16);

  private final RtspUrl url;
  private final ByteBuffer buffer;
  private final Gathering gathering;
  private final SecureRandom random = new SecureRandom();
  private final TlsLink.Trust trust;
  private final Patience patience = new Patience();
  private volatile boolean cancelled;
  private @Nullable ByteStream stream;
  private @Nullable Wire wire;
  private @Nullable Session session;
  private @Nullable PacketFlow flow;
  private long gatheringFromNanos;
  private boolean healthy;

  /**
   * A client that is not connected yet.
   *
   * @param buffer of at least {@link #BUFFER_BYTES}; direct, if it is to be fast
   * @param gather how long packets may lie with the kernel before they are fetched, many at once;
   *     zero has each fetched as it comes
   * @throws RtspException if that is no address
   */
  public RtspClient(String url, ByteBuffer buffer, Duration gather) throws RtspException {
    this(url, buffer, gather, SSLContext::getDefault);
  }

  RtspClient(String url, ByteBuffer buffer, Duration gather, TlsLink.Trust trust)
      throws RtspException {
    this.trust = trust;
    this.url = RtspUrl.parse(url);
    this.buffer = buffer.duplicate(); // in network byte order, whatever the original's
    this.gathering = new Gathering(gather);
  }

  /**
   * Connects and has the server play. Blocks.
   *
   * @param dueNanos the moment of {@code System.nanoTime()} at which to give up
   * @return a session description for the demuxer
   */
  public String open(long dueNanos) throws RtspException {
    RtspUrl place = url;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      Optional<RtspUrl> elsewhere = openAt(place, dueNanos);
      if (elsewhere.isEmpty() && session != null) {
        return session.description();
      }
      hangUp();
      place = elsewhere.orElse(place);
    }
    throw new RtspException(Reason.STATUS, "redirected more than " + MAX_REDIRECTS + " times");
  }

  private Optional<RtspUrl> openAt(RtspUrl place, long dueNanos) throws RtspException {
    ByteStream dialled = Dialer.dial(place, dueNanos, patience, trust);
    stream = dialled;
    try {
      Wire connected = new Wire(dialled, buffer, PacketFlow.RESERVED_BYTES, this::gather);
      Authentication authentication = new Authentication(place.login(), this::clientNonce);
      Handshake handshake = new Handshake(place, new Dialogue(connected, authentication), dueNanos);
      Optional<RtspUrl> elsewhere = handshake.describe();
      if (elsewhere.isEmpty()) {
        Session playing = handshake.play();
        wire = connected;
        session = playing;
        flow = new PacketFlow(buffer, playing.routes());
        gatheringFromNanos = System.nanoTime() + GATHERING_BEGINS.toNanos();
        healthy = true;
      }
      return elsewhere;
    } catch (IOException e) {
      throw new RtspException(Reason.BROKEN, Dialer.reasonOf(e), e);
    }
  }

  private String clientNonce() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Goes on to the next packet. Blocks.
   *
   * @param dueNanos the moment of {@code System.nanoTime()} at which to give up waiting
   * @return its length; -1 if the server ended the stream in good order
   */
  public int next(long dueNanos) throws RtspException {
    if (wire == null || session == null || flow == null) {
      throw new IllegalStateException("next before open");
    }
    boolean fine = false;
    try {
      boolean more = flow.advance() || read(wire, session, flow, dueNanos);
      fine = more;
      return more ? flow.sizeBytes() : -1;
    } catch (IOException e) {
      throw new RtspException(Reason.BROKEN, Dialer.reasonOf(e), e);
    } finally {
      healthy = fine || cancelled;
    }
  }

  /** Reads on to a packet; false at the end. */
  private static boolean read(Wire wire, Session session, PacketFlow flow, long dueNanos)
      throws IOException, RtspException {
    while (true) {
      if (session.keepAlive().isDue(System.nanoTime())) {
        signOfLife(session, dueNanos);
      }
      switch (wire.next(dueNanos)) {
        case FRAME -> {
          if (flow.accept(wire.channel(), wire.frameOffset(), wire.frameBytes())) {
            return true;
          }
        }
        case MESSAGE -> {
          if (session.dialogue().take(wire.message(), dueNanos)) {
            signOfLife(session, dueNanos);
          }
        }
        case END -> {
          return false;
        }
      }
    }
  }

  private static void signOfLife(Session session, long dueNanos) throws IOException, RtspException {
    session.dialogue().send(session.keepAlive().method(), session.uri(), Map.of(), dueNanos);
  }

  /** Before a read that will have to wait: packets that come meanwhile cost one read. */
  private void gather(int comeBytes) {
    if (gathering.isWanted() && session != null && System.nanoTime() - gatheringFromNanos > 0) {
      LockSupport.parkNanos(this, gathering.nextPauseNanos(comeBytes));
    }
  }

  /** Where in the buffer the packet lies. */
  public int offset() {
    if (flow == null) {
      throw new IllegalStateException("offset before open");
    }
    return flow.offset();
  }

  /** Aborts what this client is doing, from any thread. Nothing works afterwards but close. */
  public void cancel() {
    cancelled = true;
    patience.cancel();
  }

  /** Closes without a word. */
  @Override
  public void close() {
    hangUp();
  }

  /** Says good-bye to a server that still listens, waits that long for its answer, and closes. */
  public void close(Duration goodBye) {
    if (healthy && session != null) {
      patience.forGoodBye(goodBye);
      long dueNanos = System.nanoTime() + goodBye.toNanos();
      try {
        session.dialogue().send("TEARDOWN", session.uri(), Map.of(), dueNanos);
        session.dialogue().answerIfAny(dueNanos);
      } catch (IOException | RtspException e) {
        healthy = false; // it is gone, or does not care
      }
    }
    hangUp();
  }

  private void hangUp() {
    ByteStream current = stream;
    if (current != null) {
      current.close();
    }
    healthy = false;
  }
}
