package dev.livedub.orchestrator.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes answers with the headers that every one of them has.
 *
 * <p><b>Threading:</b> its connection's event loop.
 */
final class ResponseWriter {

  /**
   * How an answer is wanted.
   *
   * @param keepAlive whether the connection goes on behind it
   * @param headOnly whether its body is left out
   * @param chunks whether the client knows chunks
   */
  record Manner(boolean keepAlive, boolean headOnly, boolean chunks) {}

  private final Channel channel;
  private final ServerMeters meters;

  ResponseWriter(Channel channel, ServerMeters meters) {
    this.channel = channel;
    this.meters = meters;
  }

  /** Writes an answer as a whole. */
  ChannelFuture write(Answer answer, String requestId, Manner manner) {
    ByteBuf body =
        manner.headOnly() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
    common(response.headers(), answer.contentType(), requestId);
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    HttpUtil.setContentLength(response, answer.body().length);
    response
        .headers()
        .set(
            HttpHeaderNames.CONNECTION,
            manner.keepAlive() ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    meters.answered(answer.status());
    return channel.writeAndFlush(response);
  }

  /** Writes the head of a live answer. */
  ChannelFuture begin(String contentType, String requestId, Manner manner) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    common(response.headers(), contentType, requestId);
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (manner.headOnly()) {
      meters.answered(HttpResponseStatus.OK.code());
      return channel.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.EMPTY_BUFFER,
              response.headers(),
              response.headers().copy().clear()));
    }
    HttpUtil.setTransferEncodingChunked(response, manner.chunks());
    meters.answered(HttpResponseStatus.OK.code());
    return channel.writeAndFlush(response);
  }

  /** Tells the client to go on with its body. */
  void goOn() {
    ChannelFuture unused =
        channel.writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
  }

  private static void common(HttpHeaders headers, String contentType, String requestId) {
    headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
    headers.set(Request.ID_HEADER, requestId);
    headers.set(
        HttpHeaderNames.DATE,
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set("x-content-type-options", "nosniff");
    headers.set("x-frame-options", "DENY");
    headers.set("referrer-policy", "no-referrer");
  }
}
