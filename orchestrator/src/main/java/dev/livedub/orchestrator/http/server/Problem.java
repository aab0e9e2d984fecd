package dev.livedub.orchestrator.http.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livedub.orchestrator.api.ProblemCode;
import java.nio.charset.StandardCharsets;

/** Refusals as {@code application/problem+json} (RFC 9457). */
public final class Problem {

  /** Type of a refusal. */
  public static final String TYPE = "application/problem+json";

  /** What the URI of a problem's kind begins with; its code follows. */
  public static final String KIND = "urn:livedub:problem:";

  /** Seconds after which a refused hook may be tried again. */
  private static final String RETRY_SECONDS = "5";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Problem() {}

  /**
   * A refusal.
   *
   * @param detail one line for a person, without secrets
   */
  public static Answer of(ProblemCode code, String detail, String requestId) {
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    problem.put("type", KIND + code.code());
    problem.put("title", code.title());
    problem.put("status", code.status());
    problem.put("code", code.code());
    problem.put("detail", detail);
    problem.put("requestId", requestId);
    Answer answer = new Answer(code.status(), TYPE, bytes(problem));
    return switch (code) {
      case UNAUTHORIZED -> answer.with("www-authenticate", "Bearer realm=\"livedub\"");
      case DRAINING, MAX_WORKERS, TOO_MANY_LISTENERS -> answer.with("retry-after", RETRY_SECONDS);
      default -> answer;
    };
  }

  private static byte[] bytes(ObjectNode problem) {
    try {
      return JSON.writeValueAsBytes(problem);
    } catch (JsonProcessingException e) {
      return "{}".getBytes(StandardCharsets.UTF_8);
    }
  }
}
