package dev.livedub.core.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the form of the addresses that media is read from and written to. Opens nothing. */
public final class MediaAddress {

  private static final Pattern SCHEME = Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?s)(?:[^/?#]*@)?(\\[[0-9A-Fa-f:.]+]|[^/?#@:\\[\\]\\s]+)(:[0-9]{1,5})?([/?#].*)?");
  private static final List<String> INPUT_SCHEMES =
      List.of("rtsp", "rtmp", "rtmps", "srt", "http", "https");
  private static final List<String> OUTPUT_SCHEMES = List.of("rtmp", "rtmps", "rtsp", "srt");
  private static final List<String> OUTPUT_EXTENSIONS = List.of(".flv", ".ts", ".mp4", ".m3u8");

  /** What an input may be. */
  public static final String INPUT_EXPECTED =
      "an rtsp, rtmp, rtmps, srt, http or https address with a host, or a file";

  /** What an output may be. */
  public static final String OUTPUT_EXPECTED =
      "an rtmp, rtmps, rtsp or srt address with a host, or a file that ends in .flv, .ts, .mp4 or"
          + " .m3u8";

  private MediaAddress() {}

  /**
   * Checks an input.
   *
   * @throws BadValueException if it cannot be one
   */
  public static String input(String text) {
    if (text.isEmpty() || (filePath(text).isEmpty() && !isAddress(text, INPUT_SCHEMES))) {
      throw new BadValueException(INPUT_EXPECTED);
    }
    return text;
  }

  /**
   * Checks an output.
   *
   * @throws BadValueException if it cannot be one
   */
  public static String output(String text) {
    boolean right =
        filePath(text)
            .map(path -> OUTPUT_EXTENSIONS.stream().anyMatch(lower(path)::endsWith))
            .orElseGet(() -> isAddress(text, OUTPUT_SCHEMES));
    if (!right) {
      throw new BadValueException(OUTPUT_EXPECTED);
    }
    return text;
  }

  /** The path, if the text names a file: without a scheme, or with {@code file:}. */
  public static Optional<String> filePath(String text) {
    if (lower(text).startsWith("file:")) {
      String path = text.substring("file:".length());
      return Optional.of(path.startsWith("//") ? path.substring(2) : path);
    }
    return SCHEME.matcher(text).matches() ? Optional.empty() : Optional.of(text);
  }

  private static boolean isAddress(String text, List<String> schemes) {
    Matcher parts = SCHEME.matcher(text);
    if (!parts.matches() || !schemes.contains(lower(parts.group(1)))) {
      return false;
    }
    Matcher authority = AUTHORITY.matcher(parts.group(2));
    return authority.matches() && isPort(authority.group(2));
  }

  private static boolean isPort(@Nullable String colonPort) {
    if (colonPort == null) {
      return true;
    }
    int port = Integer.parseInt(colonPort.substring(1));
    return port >= 1 && port <= 65_535;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
