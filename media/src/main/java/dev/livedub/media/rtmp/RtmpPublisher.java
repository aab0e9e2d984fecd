package dev.livedub.media.rtmp;

import dev.livedub.media.flv.TagWriter;
import dev.livedub.media.net.Link;
import dev.livedub.media.net.Patience;
import dev.livedub.media.net.TcpLink;
import dev.livedub.media.net.TlsLink;
import dev.livedub.media.rtmp.RtmpException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one stream to an RTMP or RTMPS server. What is published comes as the payload of FLV's
 * tags, which RTMP's messages have too.
 *
 * <p>Call order: {@link #open}, {@link #metadata}, {@link #begin} with {@link #fill} and {@link
 * #flush}…, {@link #finish} for a clean end, {@link #close}. <b>Threading:</b> one thread; any may
 * {@link #cancel}. <b>Ownership:</b> owns the connection.
 */
public final class RtmpPublisher implements TagWriter, AutoCloseable {

  private static final Duration GOOD_BYE = Duration.ofMillis(500);

  /** Without a name, with one, and with the answer to a challenge. */
  private static final int MAX_LOGIN_STEPS = 3;

  private static final long MASK_32 = 0xFFFFFFFFL;

  private final RtmpAddress address;
  private final TlsLink.Trust trust;
  private final Patience patience = new Patience();
  private @Nullable Connection connection;

  /** What stands while a stream is published. */
  private record Connection(
      Link link, ChunkWriter out, ServerMessages server, Negotiation negotiation, int streamId) {}

  /** A publisher that is not connected yet. Of certificates, it trusts what the JVM does. */
  public RtmpPublisher(RtmpAddress address) {
    this(address, SSLContext::getDefault);
  }

  RtmpPublisher(RtmpAddress address, TlsLink.Trust trust) {
    this.address = address;
    this.trust = trust;
  }

  /** Gives the calls that follow this long in all. */
  public void within(Duration limit) {
    patience.within(limit);
  }

  /**
   * Connects and asks for the stream. Blocks.
   *
   * @param fourCcs picture codecs of enhanced RTMP that will be sent, such as {@code hvc1}
   * @param sendBufferBytes for the kernel
   * @throws RtmpException if the server does not grant it in time
   */
  public void open(Set<String> fourCcs, int sendBufferBytes) throws RtmpException {
    try {
      connection = connect(fourCcs, sendBufferBytes);
    } catch (EOFException e) {
      throw new RtmpException(Reason.HUNG_UP, words(e));
    } catch (IOException e) {
      throw asFault(e);
    }
  }

  private Connection connect(Set<String> fourCcs, int sendBufferBytes) throws IOException {
    String proof = "";
    for (int attempt = 1; ; attempt++) {
      try {
        return connect(proof, fourCcs, sendBufferBytes);
      } catch (RtmpException e) {
        Optional<String> wanted =
            attempt == MAX_LOGIN_STEPS || e.reason() != Reason.DENIED
                ? Optional.empty()
                : address.login().flatMap(login -> AdobeLogin.answer(login, words(e)));
        if (wanted.isEmpty()) {
          throw e;
        }
        proof = wanted.get();
      }
    }
  }

  private Connection connect(String proof, Set<String> fourCcs, int sendBufferBytes)
      throws IOException {
    Link link = TcpLink.connect(address.host(), address.port(), sendBufferBytes, patience);
    try {
      if (address.tls()) {
        link = TlsLink.over(link, address.host(), address.port(), trust);
      }
      ChunkWriter out = new ChunkWriter(link);
      ServerMessages server = new ServerMessages(link, out);
      Negotiation negotiation = new Negotiation(address, out, server);
      out.raw(Handshake.shake(link));
      negotiation.connect(proof, fourCcs);
      int streamId = negotiation.publish();
      return new Connection(link, out, server, negotiation, streamId);
    } catch (IOException e) {
      link.close();
      throw e;
    }
  }

  /**
   * Says of what kind the stream is; servers keep that for those who join later.
   *
   * @param values numbers, texts and truth values by their names
   * @throws RtmpException when the server is lost
   */
  public void metadata(Map<String, Object> values) throws RtmpException {
    Connection open = connected();
    byte[] payload =
        Amf0Writer.encode("@setDataFrame", "onMetaData", new Amf0Writer.EcmaArray(values));
    try {
      open.out().message(ChunkWriter.DATA, MessageType.DATA, open.streamId(), payload);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * {@inheritDoc} It may wait for {@link #flush}.
   *
   * @throws RtmpException when the server is lost
   */
  @Override
  public void begin(Kind kind, long atMillis, int sizeBytes) throws RtmpException {
    Connection open = connected();
    boolean isPicture = kind == Kind.PICTURE;
    try {
      open.out()
          .begin(
              isPicture ? ChunkWriter.PICTURE : ChunkWriter.SOUND,
              isPicture ? MessageType.VIDEO : MessageType.AUDIO,
              open.streamId(),
              atMillis & MASK_32,
              sizeBytes);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws RtmpException when the server is lost
   */
  @Override
  public void fill(ByteBuffer borrowed) throws RtmpException {
    Connection open = connected();
    try {
      open.out().fill(borrowed);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * Sends what was written, and hears what the server has to say. Only between tags: what the
   * server is answered must not lie within one.
   *
   * @throws RtmpException when the server is lost
   */
  public void flush() throws RtmpException {
    Connection open = connected();
    try {
      hear(open.server());
      open.out().flush();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private static void hear(ServerMessages server) throws IOException {
    List<@Nullable Object> command = server.poll();
    while (command != null) {
      Optional<StatusInfo> complaint = StatusInfo.complaint(command);
      if (complaint.isPresent()) {
        throw complaint.get().asLoss();
      }
      command = server.poll();
    }
  }

  /**
   * Sends what was written and ends the stream in order: the server has everything, or an exception
   * says otherwise.
   */
  public void finish() throws RtmpException {
    Connection open = connected();
    try {
      open.out().flush();
      open.negotiation().unpublish(open.streamId());
      open.link().endOutput();
    } catch (IOException e) {
      throw lost(e);
    }
    connection = null;
    awaitEnd(open);
  }

  /** Closing with something unread would reset the connection, and what is under way be lost. */
  private void awaitEnd(Connection open) {
    if (patience.left().compareTo(GOOD_BYE) > 0) {
      patience.within(GOOD_BYE);
    }
    try {
      while (true) {
        open.server().await();
      }
    } catch (IOException e) {
      open.link().close(); // usually the end of what the server says, and in any case of the time
    }
  }

  /** Aborts what this publisher is doing, from any thread. Nothing works afterwards but close. */
  public void cancel() {
    patience.cancel();
  }

  private Connection connected() {
    if (connection == null) {
      throw new IllegalStateException("not connected");
    }
    return connection;
  }

  private RtmpException lost(IOException e) {
    Connection open = connection;
    connection = null;
    IOException why = e;
    if (open != null) {
      why = lastWords(open.server(), e);
      open.link().reset(); // so that the server frees the place, even if it has stopped reading
    }
    return asFault(why);
  }

  /** A server that hung up may have said why: that lies unread behind the error of a write. */
  private static IOException lastWords(ServerMessages server, IOException e) {
    if (e instanceof RtmpException) {
      return e;
    }
    try {
      hear(server);
      return e;
    } catch (RtmpException said) {
      return said;
    } catch (IOException silence) {
      return e;
    }
  }

  private static RtmpException asFault(IOException e) {
    return e instanceof RtmpException fault ? fault : new RtmpException(words(e), e);
  }

  private static String words(IOException e) {
    if (e instanceof UnknownHostException) {
      return "unknown host";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** Ends the stream, if it still stands, within half a second. */
  @Override
  public void close() {
    Connection open = connection;
    if (open == null) {
      return;
    }
    patience.forGoodBye(GOOD_BYE);
    try {
      if (open.out().isWithinMessage()) {
        throw lost(new EOFException("a message was cut short"));
      }
      finish();
    } catch (RtmpException e) {
      // Whatever happened to it, the connection is closed now.
    }
  }
}
