package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.SimFault;
import dev.livedub.testkit.gemini.record.ClientFault;
import dev.livedub.testkit.gemini.record.SessionLog;
import dev.livedub.testkit.gemini.record.SessionRecord.Side;
import dev.livedub.testkit.gemini.wire.Json;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Answers HTTP: upgrades to WebSocket at the service's addresses, and the control API.
 *
 * <p><b>Threading</b>: its channel's event loop.
 */
final class Front extends SimpleChannelInboundHandler<FullHttpRequest> {

  /** Where the developer API is. */
  static final String DEVELOPER_PATH =
      "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";

  /** Where Vertex is. */
  static final String VERTEX_PATH =
      "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent";

  private static final int MAX_MESSAGE_BYTES = 4 * 1_024 * 1_024;
  private static final String BEARER = "Bearer ";
  private static final int NO_KEY = 403;
  private static final int NO_TOKEN = 401;
  private static final int TOO_MANY = 429;

  private final SimHub hub;
  private final ControlApi control;

  Front(SimHub hub, ControlApi control) {
    this.hub = hub;
    this.control = control;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    QueryStringDecoder address = new QueryStringDecoder(request.uri());
    String path = address.path();
    if (path.startsWith(ControlApi.ROOT)) {
      String body = request.content().toString(StandardCharsets.UTF_8);
      ControlApi.Answer answer = control.answer(request.method().name(), path, body);
      respond(context, answer.status(), answer.json());
    } else if (!path.equals(DEVELOPER_PATH) && !path.equals(VERTEX_PATH)) {
      refuse(context, HttpResponseStatus.NOT_FOUND.code());
    } else {
      SessionLog log = hub.recorder().attempt();
      upgrade(context, request, address, log);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture unused = context.close();
  }

  private void upgrade(
      ChannelHandlerContext context,
      FullHttpRequest request,
      QueryStringDecoder address,
      SessionLog log) {
    List<FaultPlan> plans = hub.board().claim(log.connection());
    boolean vertex = address.path().equals(VERTEX_PATH);
    for (FaultPlan plan : plans) {
      if (plan.fault().kind() == FaultKind.IGNORE_UPGRADE) {
        hub.faults().hit(FaultKind.IGNORE_UPGRADE);
        log.ending(Side.SERVICE, 0, "upgrade not answered");
        ChannelFuture unused =
            context.channel().closeFuture().addListener(gone -> hub.recorder().ended(log, false));
        return;
      }
    }
    Optional<String> key = vertex ? token(request) : key(request, address, log);
    KeyVerdict verdict =
        key.map(each -> hub.options().keys().getOrDefault(each, KeyVerdict.GOOD))
            .orElse(KeyVerdict.GOOD);
    OptionalInt status = refusal(plans, key.isEmpty(), vertex, verdict);
    if (status.isPresent()) {
      log.ending(Side.SERVICE, status.getAsInt(), "upgrade refused");
      hub.recorder().ended(log, false);
      refuse(context, status.getAsInt());
    } else {
      SocketChannel channel = (SocketChannel) context.channel();
      Wire wire = new Wire(hub, log, channel);
      SetUpRules rules = new SetUpRules(hub, log.connection(), vertex);
      shakeHands(context, request, log, new LiveConnection(hub, log, verdict, rules, wire, plans));
    }
  }

  private OptionalInt refusal(
      List<FaultPlan> plans, boolean noKey, boolean vertex, KeyVerdict verdict) {
    for (FaultPlan plan : plans) {
      if (plan.fault() instanceof SimFault.RefuseUpgrade refuse) {
        hub.faults().hit(FaultKind.REFUSE_UPGRADE);
        return OptionalInt.of(refuse.status());
      }
    }
    if (noKey) {
      return OptionalInt.of(vertex ? NO_TOKEN : NO_KEY);
    }
    if (verdict.status().isPresent()) {
      return verdict.status();
    }
    if (hub.recorder().live() >= hub.concurrencyCap()) {
      hub.faults().hit(FaultKind.CONCURRENCY_CAP);
      return OptionalInt.of(TOO_MANY);
    }
    return OptionalInt.empty();
  }

  private static Optional<String> token(FullHttpRequest request) {
    return Optional.ofNullable(request.headers().get(HttpHeaderNames.AUTHORIZATION))
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()));
  }

  private Optional<String> key(
      FullHttpRequest request, QueryStringDecoder address, SessionLog log) {
    List<String> inAddress = address.parameters().getOrDefault("key", List.of());
    if (!inAddress.isEmpty()) {
      hub.recorder().fault(ClientFault.KEY_IN_URL, log.connection(), "?key=");
      return Optional.of(inAddress.get(0));
    }
    return Optional.ofNullable(request.headers().get("x-goog-api-key"))
        .filter(value -> !value.isEmpty());
  }

  private void shakeHands(
      ChannelHandlerContext context,
      FullHttpRequest request,
      SessionLog log,
      LiveConnection connection) {
    WebSocketDecoderConfig limits =
        WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(MAX_MESSAGE_BYTES).build();
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(request.uri(), null, limits).newHandshaker(request);
    if (handshaker == null) {
      log.ending(Side.CLIENT, HttpResponseStatus.BAD_REQUEST.code(), "no WebSocket");
      hub.recorder().ended(log, false);
      refuse(context, HttpResponseStatus.BAD_REQUEST.code());
      return;
    }
    hub.recorder().upgraded();
    hub.opened(log.connection(), connection);
    ChannelFuture unused = handshaker.handshake(context.channel(), request);
    context
        .pipeline()
        .addLast(new WebSocketFrameAggregator(MAX_MESSAGE_BYTES))
        .addLast(connection)
        .remove(this);
  }

  private static void refuse(ChannelHandlerContext context, int status) {
    String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
    respond(
        context, status, Json.write(Map.of("error", Map.of("code", status, "message", reason))));
  }

  private static void respond(ChannelHandlerContext context, int status, String json) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ChannelFuture unused = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
