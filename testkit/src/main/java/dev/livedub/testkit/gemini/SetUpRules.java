package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.fault.KnownClose;
import dev.livedub.testkit.gemini.record.ClientFault;
import dev.livedub.testkit.gemini.wire.Refusal;
import dev.livedub.testkit.gemini.wire.SetupRequest;
import dev.livedub.testkit.gemini.wire.TargetLanguages;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a set-up message may ask for.
 *
 * <p><b>Threading</b>: immutable, any thread.
 */
final class SetUpRules {

  private static final Pattern DEVELOPER_MODEL = Pattern.compile("models/(.+)");
  private static final Pattern VERTEX_MODEL =
      Pattern.compile("projects/[^/]+/locations/[^/]+/publishers/google/models/([^/]+)");

  private final SimHub hub;
  private final int connection;
  private final Pattern modelName;

  /**
   * Rules of one connection.
   *
   * @param vertex whether it came by the Vertex address
   */
  SetUpRules(SimHub hub, int connection, boolean vertex) {
    this.hub = hub;
    this.connection = connection;
    modelName = vertex ? VERTEX_MODEL : DEVELOPER_MODEL;
  }

  /**
   * Checks what can be checked at once.
   *
   * @throws Refusal if there is no such model
   */
  void check(SetupRequest request) throws Refusal {
    Matcher name = modelName.matcher(request.model());
    if (!name.matches() || !hub.options().models().contains(name.group(1))) {
      throw new Refusal(
          KnownClose.MODEL_NOT_FOUND.code(),
          request.model()
              + " is not found for API version v1beta, or is not supported for"
              + " bidiGenerateContent. Call ListModels to see the list of available models.");
    }
  }

  /** Whether the session will die of its target language. */
  boolean diesLater(SetupRequest request) {
    return request.targetLanguage().filter(tag -> !TargetLanguages.isSpoken(tag)).isPresent();
  }

  /**
   * The session that the connection belongs to: a fresh one, or that of the handle.
   *
   * @throws Refusal if the handle cannot be used
   */
  HandleRegistry.Origin origin(SetupRequest request) throws Refusal {
    long nowMillis = hub.clock().millis();
    if (request.handle().isEmpty()) {
      return new HandleRegistry.Origin(connection, nowMillis, nowMillis);
    }
    HandleRegistry.Origin before =
        hub.handles().resume(request.handle().get(), nowMillis, this::isInUse);
    return new HandleRegistry.Origin(connection, nowMillis, before.sessionStartMillis());
  }

  /** How long a session may last that does not compress its context; empty if that is over. */
  Optional<Duration> remaining(HandleRegistry.Origin origin) {
    long ageMillis = hub.clock().millis() - origin.sessionStartMillis();
    Duration left = hub.options().sessionLimit().minusMillis(ageMillis);
    return Optional.of(left.isNegative() ? Duration.ZERO : left);
  }

  private boolean isInUse(int other) {
    boolean inUse = hub.isOpen(other);
    if (inUse) {
      hub.recorder()
          .fault(
              ClientFault.HANDLE_IN_USE,
              connection,
              "handle of connection " + other + ", still open");
    }
    return inUse;
  }
}
