package dev.livedub.orchestrator.http;

import dev.livedub.orchestrator.api.ProblemCode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Everything that the API answers to. {@code openapi.yaml} is checked against this list. */
enum Operation {
  READY("POST", "/v1/mediamtx/events/ready", Access.HOOK, Kind.JSON_CHANGE),
  NOT_READY("POST", "/v1/mediamtx/events/not-ready", Access.HOOK, Kind.JSON_CHANGE),
  STREAMS("GET", "/v1/streams", Access.OPERATOR, Kind.LOOK),
  STREAM("GET", "/v1/streams/{streamId}", Access.OPERATOR, Kind.LOOK),
  CHANGE("PATCH", "/v1/streams/{streamId}", Access.OPERATOR, Kind.JSON_CHANGE),
  STOP("POST", "/v1/streams/{streamId}/stop", Access.OPERATOR, Kind.CHANGE),
  RESTART("POST", "/v1/streams/{streamId}/restart", Access.OPERATOR, Kind.CHANGE),
  CAPTIONS("GET", "/v1/streams/{streamId}/captions.vtt", Access.OPERATOR, Kind.LISTEN),
  EVENTS("GET", "/v1/streams/{streamId}/events", Access.OPERATOR, Kind.LISTEN),
  TARGETS("GET", "/v1/prometheus/targets", Access.OPERATOR, Kind.LOOK),
  HEALTH("GET", "/healthz", Access.OPEN, Kind.LOOK),
  READINESS("GET", "/readyz", Access.OPEN, Kind.LOOK),
  METRICS("GET", "/metrics", Access.OPERATOR, Kind.LOOK),
  DESCRIPTION("GET", "/openapi.yaml", Access.OPERATOR, Kind.LOOK),
  DASHBOARD("GET", "/", Access.OPERATOR, Kind.LOOK);

  /** What stands in a path for a stream. */
  static final String STREAM_ID = "{streamId}";

  /** Who may call. */
  enum Access {
    /** Everybody. */
    OPEN,
    /** Whoever has the hooks' secret, if there is one. */
    HOOK,
    /** Whoever has the token, if there is one. */
    OPERATOR
  }

  /** What a call does. */
  enum Kind {
    LOOK,
    LISTEN,
    CHANGE,
    /** With a body. */
    JSON_CHANGE
  }

  private static final Set<ProblemCode> ALWAYS =
      EnumSet.of(
          ProblemCode.BAD_REQUEST,
          ProblemCode.REQUEST_TIMEOUT,
          ProblemCode.BODY_TOO_LARGE,
          ProblemCode.URI_TOO_LONG,
          ProblemCode.HEADERS_TOO_LARGE,
          ProblemCode.INTERNAL);

  private final String method;

  @SuppressWarnings("ImmutableEnumChecker") // of List.of
  private final List<String> segments;

  private final String path;
  private final Access access;
  private final Kind kind;

  Operation(String method, String path, Access access, Kind kind) {
    this.method = method;
    this.path = path;
    this.segments = List.of(path.split("/", -1));
    this.access = access;
    this.kind = kind;
  }

  /** The method; what can be got can be asked for its head, too. */
  String method() {
    return method;
  }

  /** The path, with {@value #STREAM_ID} where a stream is named. */
  String path() {
    return path;
  }

  /** The path in parts. */
  List<String> segments() {
    return segments;
  }

  Access access() {
    return access;
  }

  /** Whether it changes something, and so is refused while the orchestrator is ending. */
  boolean isChange() {
    return kind == Kind.CHANGE || kind == Kind.JSON_CHANGE;
  }

  /** Whether it takes a JSON object. */
  boolean takesJson() {
    return kind == Kind.JSON_CHANGE;
  }

  /** Whether it names a stream. */
  boolean namesStream() {
    return segments.contains(STREAM_ID);
  }

  /** Every way in which it can be refused, but for a wrong path or method. */
  Set<ProblemCode> problems() {
    Set<ProblemCode> problems = EnumSet.copyOf(ALWAYS);
    if (access != Access.OPEN) {
      problems.add(ProblemCode.UNAUTHORIZED);
    }
    if (namesStream()) {
      problems.add(ProblemCode.NOT_FOUND);
    }
    if (isChange()) {
      problems.add(ProblemCode.DRAINING);
    }
    if (takesJson()) {
      problems.addAll(
          EnumSet.of(
              ProblemCode.INVALID_JSON,
              ProblemCode.INVALID_VALUE,
              ProblemCode.UNSUPPORTED_MEDIA_TYPE));
    }
    if (access == Access.HOOK) {
      problems.add(ProblemCode.INVALID_PATH);
    }
    if (this == READY || this == RESTART) {
      problems.add(ProblemCode.MAX_WORKERS);
    }
    if (this == CHANGE) {
      problems.add(ProblemCode.CONFLICT);
    }
    if (kind == Kind.LISTEN) {
      problems.add(ProblemCode.TOO_MANY_LISTENERS);
    }
    return problems;
  }

  /** All operations, in order. */
  static List<Operation> all() {
    return Arrays.asList(values());
  }
}
