package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.fault.KnownClose;
import dev.livedub.testkit.gemini.wire.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * The handles that were given out, and to which connection.
 *
 * <p><b>Threading</b>: any thread.
 */
final class HandleRegistry {

  private static final Duration VALID = Duration.ofHours(2);
  private static final int MAX_HANDLES = 20_000;
  private static final Pattern HANDLE = Pattern.compile("sim-[0-9a-f]{32}");

  private final Map<String, Origin> origins = new LinkedHashMap<>();

  /**
   * Where a handle comes from.
   *
   * @param connection that got it
   * @param issuedMillis when
   * @param sessionStartMillis when the session's first connection began
   */
  record Origin(int connection, long issuedMillis, long sessionStartMillis) {}

  /** A new handle. */
  synchronized String issue(Origin origin) {
    if (origins.size() == MAX_HANDLES) {
      origins.remove(origins.keySet().iterator().next());
    }
    String handle = "sim-" + UUID.randomUUID().toString().replace("-", "");
    origins.put(handle, origin);
    return handle;
  }

  /**
   * What a handle takes up.
   *
   * @param isOpen whether the connection of a number is open
   * @throws Refusal if it is no handle, or not one of ours, or too old, or in use
   */
  synchronized Origin resume(String handle, long nowMillis, IntPredicate isOpen) throws Refusal {
    if (!HANDLE.matcher(handle).matches()) {
      throw refusal(KnownClose.INVALID_HANDLE);
    }
    Origin origin = origins.get(handle);
    if (origin == null || nowMillis - origin.issuedMillis() > VALID.toMillis()) {
      throw refusal(KnownClose.SESSION_NOT_FOUND);
    }
    if (isOpen.test(origin.connection())) {
      throw refusal(KnownClose.INTERNAL);
    }
    return origin;
  }

  private static Refusal refusal(KnownClose close) {
    return new Refusal(close.code(), close.reason());
  }
}
