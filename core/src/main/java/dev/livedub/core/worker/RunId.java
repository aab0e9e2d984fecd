package dev.livedub.core.worker;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes the names of runs: they sort by time and are told apart by three random bytes. */
public final class RunId {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private RunId() {}

  /** The name of a run that begins now. */
  public static String at(Instant now, RandomGenerator random) {
    return STAMP.format(now) + "-" + randomHex(random);
  }

  /** Six random hexadecimal digits. */
  public static String randomHex(RandomGenerator random) {
    byte[] bytes = new byte[3];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
