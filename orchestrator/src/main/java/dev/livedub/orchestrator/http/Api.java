package dev.livedub.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livedub.core.worker.LiveSettings;
import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.HookEvent;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.api.Readiness;
import dev.livedub.orchestrator.api.StreamListener;
import dev.livedub.orchestrator.api.StreamView;
import dev.livedub.orchestrator.api.Streams;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.http.server.Answer;
import dev.livedub.orchestrator.http.server.LiveAnswer;
import dev.livedub.orchestrator.http.server.Problem;
import dev.livedub.orchestrator.http.server.Reply;
import dev.livedub.orchestrator.http.server.Request;
import dev.livedub.orchestrator.http.server.RequestHandler;
import dev.livedub.orchestrator.http.server.ServerLimits;
import dev.livedub.orchestrator.metrics.Measurements;
import dev.livedub.orchestrator.metrics.MetricsServer;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Answers what is asked over HTTP from what the orchestrator says.
 *
 * <p><b>Threading:</b> event loops; what takes its time, the list of all streams and the metrics,
 * is put together by the executor.
 */
final class Api implements RequestHandler {

  /** Listeners to live answers at once. */
  static final int MAX_LISTENERS = 256;

  private static final Pattern JSON_TYPE =
      Pattern.compile("(?i)application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?");
  private static final String UNTRANSLATED = "und";

  /**
   * What the API needs.
   *
   * @param pages where long answers are put together
   * @param heartbeat between two signs of life to a listener
   */
  record Parts(
      HttpConfig config,
      Streams streams,
      Measurements measurements,
      Executor pages,
      Duration heartbeat) {}

  private final Parts parts;
  private final Streams streams;
  private final AccessRule access;
  private final Router router = new Router();
  private final StrictJson reader = new StrictJson(ServerLimits.API.bodyBytes());
  private final ViewJson writer = new ViewJson();
  private final Listeners listeners = new Listeners(MAX_LISTENERS);
  private final Page dashboard = new Page();
  private final byte[] description = Page.resource("openapi.yaml");
  private volatile boolean draining;

  Api(Parts parts) {
    this.parts = parts;
    this.streams = parts.streams();
    this.access = new AccessRule(parts.config());
  }

  /** From now on, nothing is changed any more. */
  void drain() {
    draining = true;
  }

  @Override
  public Optional<Answer> refusal(Request head) {
    Router.Route route = router.route(head.method(), head.path());
    if (route instanceof Router.Route.Found found) {
      return refusal(head, found.operation());
    }
    if (route instanceof Router.Route.OtherMethod other) {
      Optional<Answer> refused = unauthorized(head, other.any());
      return refused.isPresent()
          ? refused
          : Optional.of(
              Problem.of(
                      ProblemCode.METHOD_NOT_ALLOWED, other.allowed() + " are allowed", head.id())
                  .with("allow", other.allowed()));
    }
    return access
        .refusal(head, Operation.Access.OPERATOR, false)
        .map(reason -> Problem.of(ProblemCode.UNAUTHORIZED, reason, head.id()))
        .or(() -> Optional.of(Problem.of(ProblemCode.NOT_FOUND, "no such path", head.id())));
  }

  @Override
  public CompletionStage<? extends Reply> handle(Request request) {
    Optional<Answer> refusal = refusal(request);
    if (refusal.isPresent()) {
      return CompletableFuture.completedStage(refusal.get());
    }
    if (!(router.route(request.method(), request.path()) instanceof Router.Route.Found found)) {
      throw new IllegalStateException("what leads nowhere is refused before");
    }
    try {
      return answer(request, found.operation(), found.streamId());
    } catch (ApiException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private Optional<Answer> refusal(Request head, Operation operation) {
    Optional<Answer> unauthorized = unauthorized(head, operation);
    if (unauthorized.isPresent()) {
      return unauthorized;
    }
    if (draining && operation.isChange()) {
      return Optional.of(
          Problem.of(ProblemCode.DRAINING, "try again when it has been started anew", head.id()));
    }
    if (operation.takesJson() && !isJson(head)) {
      return Optional.of(
          Problem.of(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE,
              "Content-Type: application/json is expected, without Content-Encoding",
              head.id()));
    }
    return Optional.empty();
  }

  private Optional<Answer> unauthorized(Request head, Operation operation) {
    Optional<String> reason = access.refusal(head, operation.access(), operation.isChange());
    return reason.map(
        why ->
            operation == Operation.DASHBOARD && wantsPage(head)
                ? dashboard
                    .answer(ProblemCode.UNAUTHORIZED.status())
                    .with("www-authenticate", "Bearer realm=\"livedub\"")
                : Problem.of(ProblemCode.UNAUTHORIZED, why, head.id()));
  }

  private static boolean wantsPage(Request head) {
    return head.header(HttpHeaderNames.ACCEPT)
        .filter(types -> types.contains("text/html"))
        .isPresent();
  }

  /** A body that is not there need not say what it is. */
  private static boolean isJson(Request head) {
    if (head.header(HttpHeaderNames.CONTENT_ENCODING).isPresent()) {
      return false;
    }
    Optional<String> type = head.header(HttpHeaderNames.CONTENT_TYPE);
    return type.isPresent() ? JSON_TYPE.matcher(type.get()).matches() : !head.bodyAnnounced();
  }

  private CompletionStage<? extends Reply> answer(
      Request request, Operation operation, String streamId) throws ApiException {
    return switch (operation) {
      case READY -> streams.ready(hook(request)).thenApply(told -> json(202, ViewJson.hook(told)));
      case NOT_READY ->
          streams.notReady(hook(request)).thenApply(told -> json(202, ViewJson.hook(told)));
      case CHANGE ->
          streams
              .change(streamId, ChangeBody.read(reader.object(request.body())))
              .thenApply(view -> json(200, ViewJson.view(view)));
      case STOP -> streams.stop(streamId).thenApply(view -> json(202, ViewJson.view(view)));
      case RESTART -> streams.restart(streamId).thenApply(view -> json(202, ViewJson.view(view)));
      case STREAMS -> later(() -> json(200, ViewJson.views(streams.streams())));
      case METRICS ->
          later(() -> Answer.text(200, MetricsServer.METRICS_TYPE, parts.measurements().scrape()));
      default -> CompletableFuture.completedStage(look(request, operation, streamId));
    };
  }

  private Reply look(Request request, Operation operation, String streamId) throws ApiException {
    return switch (operation) {
      case STREAM -> json(200, ViewJson.view(known(streamId)));
      case EVENTS -> events(known(streamId));
      case CAPTIONS -> captions(known(streamId));
      case TARGETS -> json(200, Targets.list(request));
      case HEALTH -> json(200, JsonNodeFactory.instance.objectNode().put("status", "ok"));
      case READINESS -> readiness();
      case DESCRIPTION -> new Answer(200, "application/yaml", description);
      case DASHBOARD -> dashboard.answer(200);
      default -> throw new IllegalStateException(operation + " is answered elsewhere");
    };
  }

  private HookEvent hook(Request request) throws ApiException {
    return HookBody.read(reader.object(request.body()), request.id());
  }

  private StreamView known(String streamId) throws ApiException {
    return streams.stream(streamId)
        .orElseThrow(
            () -> new ApiException(ProblemCode.NOT_FOUND, "no stream \"" + streamId + '"'));
  }

  private Answer readiness() {
    Readiness readiness =
        draining ? new Readiness(false, "the orchestrator is ending") : streams.readiness();
    return json(
        readiness.ready() ? 200 : 503,
        JsonNodeFactory.instance
            .objectNode()
            .put("ready", readiness.ready())
            .put("reason", readiness.reason()));
  }

  private LiveAnswer events(StreamView view) {
    return new LiveAnswer(
        EventsFeed.TYPE,
        output -> {
          listeners.enter();
          output.write(EventsFeed.BEGINNING);
          LiveAnswer.Ending watching = watch(view, new EventsFeed(output, writer));
          output.repeat(EventsFeed.HEARTBEAT, parts.heartbeat().toMillis());
          return watching;
        });
  }

  private LiveAnswer captions(StreamView view) {
    String languageTag =
        Optional.of(view.live()).flatMap(LiveSettings::targetLang).orElse(UNTRANSLATED);
    return new LiveAnswer(
        CaptionsFeed.TYPE,
        output -> {
          listeners.enter();
          LiveAnswer.Ending watching = watch(view, new CaptionsFeed(output, languageTag));
          output.repeat(CaptionsFeed.HEARTBEAT, parts.heartbeat().toMillis());
          return watching;
        });
  }

  /** Watches on behalf of a listener who has a place already. */
  private LiveAnswer.Ending watch(StreamView view, StreamListener listener) throws ApiException {
    Streams.Watch watch;
    try {
      watch = streams.watch(view.streamId(), listener);
    } catch (ApiException | RuntimeException e) {
      listeners.leave();
      throw e;
    }
    return () -> {
      listeners.leave();
      watch.close();
    };
  }

  private CompletionStage<Answer> later(Supplier<Answer> answer) {
    return CompletableFuture.supplyAsync(answer, parts.pages());
  }

  private Answer json(int status, JsonNode node) {
    return new Answer(status, Answer.JSON, writer.bytes(node));
  }
}
