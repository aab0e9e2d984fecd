package dev.livedub.orchestrator.http;

import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.Secret;
import dev.livedub.orchestrator.http.server.Request;
import java.util.Optional;

/**
 * Who may call what. {@code /healthz} and {@code /readyz} are open to everybody. Hooks show the
 * hook secret, if one is set. Everything else, the dashboard and the metrics and paths that do not
 * exist among it, asks for the bearer token, if one is set.
 *
 * <p>A browser that says a call comes from another site's page is turned away from changes even
 * where no token is set.
 */
final class AccessRule {

  /** The header in which a hook can show its secret. */
  static final String HOOK_HEADER = "x-livedub-hook-secret";

  private static final String FETCH_SITE = "sec-fetch-site";

  private final Optional<Secret> token;
  private final Optional<Secret> hookSecret;

  AccessRule(HttpConfig config) {
    this.token = config.token();
    this.hookSecret = config.hookSecret();
  }

  /** Why a request is turned away; empty if it may pass. */
  Optional<String> refusal(Request request, Operation.Access access, boolean change) {
    if (change && isOfAnotherSite(request)) {
      return Optional.of("another site's page cannot act here");
    }
    return switch (access) {
      case OPEN -> Optional.empty();
      case HOOK -> hookRefusal(request);
      case OPERATOR -> tokenRefusal(request);
    };
  }

  private Optional<String> hookRefusal(Request request) {
    Optional<String> shown = request.header(HOOK_HEADER).or(request::bearer);
    return hookSecret.isEmpty() || shown.filter(hookSecret.get()::matches).isPresent()
        ? Optional.empty()
        : Optional.of("the hook secret is expected in X-Livedub-Hook-Secret or as a bearer token");
  }

  private Optional<String> tokenRefusal(Request request) {
    return token.isEmpty() || request.bearer().filter(token.get()::matches).isPresent()
        ? Optional.empty()
        : Optional.of("the token is expected in Authorization: Bearer");
  }

  private static boolean isOfAnotherSite(Request request) {
    return request
        .header(FETCH_SITE)
        .filter(site -> !site.equals("same-origin") && !site.equals("none"))
        .isPresent();
  }
}
