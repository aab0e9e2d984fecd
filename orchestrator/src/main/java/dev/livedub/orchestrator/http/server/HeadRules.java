package dev.livedub.orchestrator.http.server;

import dev.livedub.orchestrator.api.ProblemCode;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;

/** What the head of a request must be like (RFC 9112), whatever it asks for. */
final class HeadRules {

  private final ServerLimits limits;

  HeadRules(ServerLimits limits) {
    this.limits = limits;
  }

  /** What is wrong with a head; empty if nothing is. */
  Optional<Refusal> refusal(HttpRequest head) {
    if (head.decoderResult().isFailure()) {
      return Optional.of(refusal(head.decoderResult()));
    }
    return versionAndHost(head).or(() -> coding(head)).or(() -> length(head));
  }

  /** Why something could not be decoded. */
  Refusal refusal(DecoderResult failure) {
    Throwable cause = failure.cause();
    if (cause instanceof TooLongHttpLineException) {
      return new Refusal(
          ProblemCode.URI_TOO_LONG, "a request line has at most " + limits.lineBytes() + " bytes");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new Refusal(
          ProblemCode.HEADERS_TOO_LARGE, "headers have at most " + limits.headerBytes() + " bytes");
    }
    return bad("this is not HTTP/1.1");
  }

  /** The refusal of a body that is too long. */
  Refusal bodyTooLarge() {
    return new Refusal(
        ProblemCode.BODY_TOO_LARGE, "a body has at most " + limits.bodyBytes() + " bytes");
  }

  private static Optional<Refusal> versionAndHost(HttpRequest head) {
    HttpVersion version = head.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      return Optional.of(bad("only HTTP/1.1 and HTTP/1.0 are spoken here"));
    }
    int hosts = head.headers().getAll(HttpHeaderNames.HOST).size();
    boolean right = hosts == 1 || (hosts == 0 && version.equals(HttpVersion.HTTP_1_0));
    return right ? Optional.empty() : Optional.of(bad("a request has one Host header"));
  }

  private static Optional<Refusal> coding(HttpRequest head) {
    List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean right =
        codings.isEmpty()
            || (codings.size() == 1
                && codings.get(0).equalsIgnoreCase("chunked")
                && head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH));
    return right ? Optional.empty() : Optional.of(bad("the only transfer coding is chunked"));
  }

  private Optional<Refusal> length(HttpRequest head) {
    HttpHeaders headers = head.headers();
    if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      return Optional.empty();
    }
    long sizeBytes = HttpUtil.getContentLength(head, Long.MAX_VALUE);
    if (sizeBytes < 0) {
      return Optional.of(bad("Content-Length is not a number"));
    }
    return sizeBytes > limits.bodyBytes() ? Optional.of(bodyTooLarge()) : Optional.empty();
  }

  private static Refusal bad(String detail) {
    return new Refusal(ProblemCode.BAD_REQUEST, detail);
  }
}
