package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.record.ClientFault;
import dev.livedub.testkit.gemini.record.SessionLog;
import dev.livedub.testkit.gemini.record.SessionRecord.Side;
import dev.livedub.testkit.gemini.wire.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One side of a WebSocket, down to TCP: sends, closes in all the ways there are, and watches how
 * the client takes it.
 *
 * <p><b>Threading</b>: the channel's event loop only, but for {@link #loop}.
 */
final class Wire {

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration IN_FLIGHT = Duration.ofMillis(500);
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(20);
  private static final int NO_STATUS = 1005;
  private static final int ABNORMAL = 1006;

  private final SimHub hub;
  private final SessionLog log;
  private final SocketChannel channel;
  private boolean gone;
  private boolean closeSent;
  private boolean closeReceived;
  private boolean leaveOpen;
  private long closeNanos;
  private boolean lateAudioReported;

  Wire(SimHub hub, SessionLog log, SocketChannel channel) {
    this.hub = hub;
    this.log = log;
    this.channel = channel;
  }

  EventExecutor loop() {
    return channel.eventLoop();
  }

  /** Whether nothing can be sent or heard any more. */
  boolean isGone() {
    return gone;
  }

  /** Whether one side has said that it closes, or worse. */
  boolean isClosing() {
    return gone || closeSent || closeReceived;
  }

  /** Sends a message. */
  void send(String json, boolean asText) {
    if (isClosing()) {
      return;
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ByteBuf content = Unpooled.wrappedBuffer(bytes);
    write(asText ? new TextWebSocketFrame(content) : new BinaryWebSocketFrame(content));
    hub.recorder().bytes(log, 0, bytes.length);
    if (!channel.isWritable()) {
      report(ClientFault.NOT_READING, channel.bytesBeforeWritable() + " bytes too many");
      log.ending(Side.SERVICE, 0, "the client does not read");
      reset();
    }
  }

  /** Answers a ping. Takes the payload over. */
  void pong(ByteBuf payload) {
    if (isClosing()) {
      payload.release();
    } else {
      write(new PongWebSocketFrame(payload));
    }
  }

  /**
   * Sends a close frame; then closes when it was answered, or after a while.
   *
   * @param open whether the socket is left open whatever happens
   */
  void close(int code, String reason, boolean open) {
    if (isClosing()) {
      return;
    }
    log.ending(Side.SERVICE, code, reason);
    if (code == ABNORMAL) {
      fin();
      return;
    }
    closeSent = true;
    leaveOpen = open;
    closeNanos = hub.clock().nanos();
    write(closeFrame(code, reason));
    hub.clock().later(loop(), ANSWER_LIMIT, this::checkAnswer);
    hub.clock().later(loop(), OPEN_LIMIT, this::checkOpen);
  }

  /** The client answered our close frame. */
  void closeAnswered() {
    closeReceived = true;
    if (!leaveOpen && !gone) {
      drop();
    }
  }

  /** The client closes. */
  void closedByClient(CloseWebSocketFrame frame, boolean answer) {
    closeReceived = true;
    closeNanos = hub.clock().nanos();
    log.ending(Side.CLIENT, frame.statusCode(), String.valueOf(frame.reasonText()));
    if (answer) {
      int code = frame.statusCode() < 0 ? NO_STATUS : frame.statusCode();
      channel.writeAndFlush(closeFrame(code, "")).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Sound came although one side has closed; what was under way is forgiven. */
  void audioAfterClose() {
    boolean late = hub.clock().nanos() - closeNanos > IN_FLIGHT.toNanos();
    if ((closeReceived || late) && !gone && !lateAudioReported) {
      lateAudioReported = true;
      report(ClientFault.AUDIO_AFTER_CLOSE, closeReceived ? "after its own" : "after ours");
    }
  }

  /** Resets TCP. */
  void reset() {
    gone = true;
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    drop();
  }

  /** Ends our side of TCP without a close frame; goes on hearing, so that it is no reset. */
  void fin() {
    gone = true;
    ChannelFuture unused = channel.shutdownOutput();
    hub.clock().later(loop(), OPEN_LIMIT, this::drop);
  }

  /** Reads nothing for a while. */
  void stopReading(Duration lasts) {
    reads(false);
    hub.clock().later(loop(), lasts, () -> reads(true));
  }

  /** The channel is closed. */
  void gone() {
    if (closeSent && !closeReceived && !gone) {
      report(ClientFault.CLOSE_UNANSWERED, "the connection was dropped instead");
    }
    gone = true;
  }

  /** Notes a fault of the client. */
  void report(ClientFault fault, String detail) {
    hub.recorder().fault(fault, log.connection(), detail);
  }

  private void drop() {
    ChannelFuture unused = channel.close();
  }

  private void reads(boolean on) {
    ChannelConfig unused = channel.config().setAutoRead(on);
  }

  private void checkAnswer() {
    if (!closeReceived && !gone) {
      report(ClientFault.CLOSE_UNANSWERED, "for " + ANSWER_LIMIT.toMillis() + " ms");
      if (!leaveOpen) {
        reset();
      }
    }
  }

  private void checkOpen() {
    if (leaveOpen && channel.isActive()) {
      report(ClientFault.SOCKET_LEFT_OPEN, OPEN_LIMIT.toMillis() + " ms after the close frame");
    }
  }

  private static CloseWebSocketFrame closeFrame(int code, String reason) {
    if (code == NO_STATUS) {
      return new CloseWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER);
    }
    ByteBuf content = Unpooled.buffer();
    content.writeShort(code);
    content.writeCharSequence(Refusal.cut(reason), StandardCharsets.UTF_8);
    return new CloseWebSocketFrame(true, 0, content);
  }

  private void write(WebSocketFrame frame) {
    ChannelFuture unused = channel.writeAndFlush(frame, channel.voidPromise());
  }
}
