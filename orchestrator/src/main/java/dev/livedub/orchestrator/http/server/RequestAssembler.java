package dev.livedub.orchestrator.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of one request after the other together.
 *
 * <p><b>Threading:</b> its connection's event loop.
 *
 * <p><b>Ownership:</b> copies what it keeps; parts stay the caller's.
 */
final class RequestAssembler {

  /** How far a request has come. */
  sealed interface Progress {
    /** Parts are missing. */
    record More() implements Progress {}

    /** The head is there and the client waits for a word before it sends the body. */
    record Asks(Request head) implements Progress {}

    /** It is all there. */
    record Whole(Request request) implements Progress {}

    /** It is refused; what follows on the connection cannot be read. */
    record Refused(Refusal refusal) implements Progress {}
  }

  private static final Progress MORE = new Progress.More();

  private final ServerLimits limits;
  private final HeadRules rules;
  private final boolean secure;
  private @Nullable Request head;
  private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private boolean keepAlive;
  private boolean chunkedAnswer;

  RequestAssembler(ServerLimits limits, boolean secure) {
    this.limits = limits;
    this.rules = new HeadRules(limits);
    this.secure = secure;
  }

  /** Takes the next part. */
  Progress accept(HttpObject part, InetSocketAddress local) {
    if (part instanceof HttpRequest request) {
      return begin(request, local);
    }
    if (part instanceof HttpContent content) {
      return add(content);
    }
    return MORE;
  }

  /** The name of the request that is being put together or was last. */
  String requestId() {
    return head == null ? Request.idOf(EmptyHttpHeaders.INSTANCE) : head.id();
  }

  /** Whether the client wants to keep the connection after this request. */
  boolean keepAlive() {
    return keepAlive;
  }

  /** Whether the client knows chunks. */
  boolean chunkedAnswer() {
    return chunkedAnswer;
  }

  /** Whether only the head of the answer is wanted. */
  boolean headOnly() {
    return head != null && head.method().equals("HEAD");
  }

  private Progress begin(HttpRequest request, InetSocketAddress local) {
    body = new ByteArrayOutputStream(0);
    Request next = Request.of(request, local, secure);
    head = next;
    Optional<Refusal> refusal = rules.refusal(request);
    keepAlive = refusal.isEmpty() && HttpUtil.isKeepAlive(request);
    chunkedAnswer = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (refusal.isPresent()) {
      return new Progress.Refused(refusal.get());
    }
    boolean asks =
        next.bodyAnnounced()
            && chunkedAnswer
            && request.headers().contains(HttpHeaderNames.EXPECT, "100-continue", true);
    return asks ? new Progress.Asks(next) : MORE;
  }

  private Progress add(HttpContent content) {
    if (head == null) {
      return MORE;
    }
    if (content.decoderResult().isFailure()) {
      return new Progress.Refused(rules.refusal(content.decoderResult()));
    }
    ByteBuf bytes = content.content();
    if (body.size() + bytes.readableBytes() > limits.bodyBytes()) {
      return new Progress.Refused(rules.bodyTooLarge());
    }
    try {
      bytes.readBytes(body, bytes.readableBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content instanceof LastHttpContent
        ? new Progress.Whole(head.with(body.toByteArray()))
        : MORE;
  }
}
