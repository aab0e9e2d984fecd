package dev.livedub.orchestrator.metrics;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one connection to a {@link MetricsServer}. */
final class MetricsHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsHandler.class);

  static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  static final String PROBLEM_TYPE = "application/problem+json";

  private final Measurements measurements;

  MetricsHandler(Measurements measurements) {
    this.measurements = measurements;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    FullHttpResponse response = answer(request);
    HttpUtil.setContentLength(response, response.content().readableBytes());
    if (request.method().equals(HttpMethod.HEAD)) {
      response.content().clear();
    }
    if (keepAlive) {
      context.writeAndFlush(response);
    } else {
      HttpUtil.setKeepAlive(response, false);
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof ReadTimeoutException) && !(cause instanceof IOException)) {
      LOG.atWarn()
          .addKeyValue("event", "metrics_request_failed")
          .setCause(cause)
          .log("a request for metrics failed");
    }
    context.close();
  }

  private FullHttpResponse answer(FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return problem(HttpResponseStatus.BAD_REQUEST, "bad_request");
    }
    String path = request.uri().split("[?#]", 2)[0];
    boolean known = path.equals("/metrics") || path.equals("/healthz");
    if (!known) {
      return problem(HttpResponseStatus.NOT_FOUND, "not_found");
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      FullHttpResponse refused =
          problem(HttpResponseStatus.METHOD_NOT_ALLOWED, "method_not_allowed");
      refused.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
      return refused;
    }
    return path.equals("/metrics")
        ? response(HttpResponseStatus.OK, METRICS_TYPE, measurements.scrape())
        : response(HttpResponseStatus.OK, "application/json", "{\"status\":\"ok\"}\n");
  }

  private static FullHttpResponse problem(HttpResponseStatus status, String code) {
    String body =
        String.format(
            Locale.ROOT,
            "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"code\":\"%s\"}%n",
            status.reasonPhrase(),
            status.code(),
            code);
    return response(status, PROBLEM_TYPE, body);
  }

  private static FullHttpResponse response(HttpResponseStatus status, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(bytes));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    return response;
  }
}
