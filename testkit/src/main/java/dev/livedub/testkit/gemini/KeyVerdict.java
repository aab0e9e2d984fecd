package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.fault.KnownClose;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the service thinks of a key or token. */
public enum KeyVerdict {
  /** It is good, as any is that nothing else was said of. */
  GOOD(0, null),
  /** The connection is closed before setupComplete. */
  INVALID(0, KnownClose.INVALID_KEY),
  /** The connection is closed before setupComplete. */
  EXPIRED(0, KnownClose.EXPIRED_KEY),
  /** The upgrade is answered with 401. */
  UNAUTHORIZED(401, null),
  /** The upgrade is answered with 403. */
  FORBIDDEN(403, null),
  /** The upgrade is answered with 429. */
  RATE_LIMITED(429, null),
  /** The connection is closed 0.8 s after setupComplete. */
  NO_QUOTA(0, KnownClose.QUOTA);

  private final int status;
  private final @Nullable KnownClose close;

  KeyVerdict(int status, @Nullable KnownClose close) {
    this.status = status;
    this.close = close;
  }

  /** HTTP status of the answer to the upgrade, if it is refused. */
  OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** How the connection is closed, if it is. */
  Optional<KnownClose> close() {
    return Optional.ofNullable(close);
  }
}
