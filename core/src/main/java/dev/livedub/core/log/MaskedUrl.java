package dev.livedub.core.log;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the secrets out of an address, so that it can be shown to people and written to logs.
 *
 * <p>Always masked: user-info, every value of the query, the fragment, and whatever follows a blank
 * (librtmp-style options). Of an RTMP or RTMPS address the last path element is masked too, because
 * that is where third parties put the stream key, unless the path is that of a stream of ours,
 * {@code /live/<streamId>/in} or {@code out}, whatever the host. What cannot be told apart is
 * masked as a whole. File names come back as they are.
 */
public final class MaskedUrl {

  /** Stands where a secret was. */
  public static final String MASK = "***";

  private static final Pattern SCHEME = Pattern.compile("(?i)([a-z][a-z0-9+.-]*)://(.*)");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:.%a-z]*]|[\\p{Alnum}._-]*)(:[0-9]*)?");
  private static final Pattern URL_IN_TEXT =
      Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://[^\\s'\"<>`,;|)}]+");
  private static final Pattern OUR_PATH = Pattern.compile("/live/[A-Za-z0-9_-]{1,64}/(in|out)/?");
  private static final Pattern PART = Pattern.compile("[/?&=#@:\\s]+");

  /** What is shorter is no secret, but would make holes into words. */
  private static final int MIN_SECRET_CHARS = 4;

  private MaskedUrl() {}

  /** The address without its secrets. */
  public static String of(String url) {
    Matcher whole = SCHEME.matcher(url);
    if (!whole.matches()) {
      return withoutCredentials(url);
    }
    String scheme = whole.group(1);
    String rest = whole.group(2);
    if (scheme.equalsIgnoreCase("file")) {
      return url;
    }
    int blank = indexOfAny(rest, " \t\r\n", 0);
    String tail = blank < rest.length() ? " " + MASK : "";
    return scheme + "://" + maskRest(scheme, rest.substring(0, blank)) + tail;
  }

  /** The text with every address in it masked; for messages that others have worded. */
  public static String inText(String text) {
    if (!text.contains("://")) {
      return text;
    }
    return URL_IN_TEXT
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(of(found.group())));
  }

  /**
   * The text without the secrets of one address, wherever they stand in it: a server that says no
   * may repeat the stream key in its own words.
   */
  public static String without(String text, String url) {
    String shown = of(url);
    return PART.splitAsStream(url)
        .filter(part -> part.length() >= MIN_SECRET_CHARS && !shown.contains(part))
        .sorted(Comparator.comparingInt(String::length).reversed())
        .reduce(text, (masked, secret) -> masked.replace(secret, MASK));
  }

  private static String maskRest(String scheme, String rest) {
    int queryAt = indexOfAny(rest, "?#", 0);
    String place = rest.substring(0, queryAt);
    // A password may hold a slash that nobody escaped: everything up to the last @ goes.
    int at = place.lastIndexOf('@');
    String user = at < 0 ? "" : MASK + "@";
    String bare = place.substring(at + 1);
    int slash = indexOfAny(bare, "/", 0);
    Matcher host = HOST.matcher(bare.substring(0, slash));
    if (!host.matches()) {
      return MASK;
    }
    String path = bare.substring(slash);
    if (carriesKey(scheme) && !OUR_PATH.matcher(path).matches()) {
      path = maskLastElement(path);
    }
    return user + host.group() + path + maskQuery(rest.substring(queryAt));
  }

  private static boolean carriesKey(String scheme) {
    return scheme.toLowerCase(Locale.ROOT).startsWith("rtmp");
  }

  private static String maskLastElement(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    if (end == 0) {
      return path;
    }
    return path.substring(0, path.lastIndexOf('/', end - 1) + 1) + MASK + path.substring(end);
  }

  private static String maskQuery(String query) {
    if (query.isEmpty()) {
      return "";
    }
    if (query.charAt(0) == '#') {
      return "#" + MASK;
    }
    StringBuilder masked = new StringBuilder();
    char separator = '?';
    int fragmentAt = indexOfAny(query, "#", 0);
    for (String pair : query.substring(1, fragmentAt).split("&", -1)) {
      int equals = pair.indexOf('=');
      masked.append(separator).append(equals < 0 ? "" : pair.substring(0, equals + 1)).append(MASK);
      separator = '&';
    }
    return masked + (fragmentAt < query.length() ? "#" + MASK : "");
  }

  /** A mistyped address such as {@code user:secret@host/path} must not betray itself either. */
  private static String withoutCredentials(String text) {
    int at = text.lastIndexOf('@');
    return at >= 0 && text.lastIndexOf(':', at) >= 0 ? MASK + text.substring(at) : text;
  }

  private static int indexOfAny(String text, String wanted, int from) {
    int index = from;
    while (index < text.length() && wanted.indexOf(text.charAt(index)) < 0) {
      index++;
    }
    return index;
  }
}
