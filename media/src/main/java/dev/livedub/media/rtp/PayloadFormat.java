package dev.livedub.media.rtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one section of a session description (RFC 4566, 6) says its RTP packets are made.
 *
 * @param encoding its name, in upper case; empty if the section has no {@code rtpmap}
 * @param clockRateHz of the RTP timestamps
 * @param parameters of its {@code fmtp}, names in lower case
 */
record PayloadFormat(String encoding, int clockRateHz, Map<String, String> parameters) {

  private static final Pattern RTPMAP =
      Pattern.compile("a=rtpmap: *\\d{1,3} +([^/ ]+) */ *(\\d{1,9}).*");
  private static final Pattern FMTP = Pattern.compile("a=fmtp: *\\d{1,3} +(.*)");

  /** The formats of all sections, in their order. */
  static List<PayloadFormat> all(String description) {
    List<List<String>> sections = new ArrayList<>();
    for (String line : description.lines().map(String::strip).toList()) {
      if (line.startsWith("m=")) {
        sections.add(new ArrayList<>());
      } else if (!sections.isEmpty()) {
        sections.get(sections.size() - 1).add(line);
      }
    }
    return sections.stream().map(PayloadFormat::of).toList();
  }

  private static PayloadFormat of(List<String> section) {
    Optional<Matcher> map = first(section, RTPMAP);
    return new PayloadFormat(
        map.map(found -> found.group(1).toUpperCase(Locale.ROOT)).orElse(""),
        map.map(found -> Integer.parseInt(found.group(2))).orElse(0),
        first(section, FMTP).map(found -> parameters(found.group(1))).orElse(Map.of()));
  }

  private static Optional<Matcher> first(List<String> lines, Pattern pattern) {
    return lines.stream().map(pattern::matcher).filter(Matcher::matches).findFirst();
  }

  private static Map<String, String> parameters(String list) {
    Map<String, String> parameters = new TreeMap<>();
    for (String entry : list.split(";", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        parameters.put(
            entry.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            entry.substring(equals + 1).strip());
      }
    }
    return parameters;
  }

  /**
   * A parameter that is a number.
   *
   * @return 0 if it is absent, -1 if it is none, or none of six digits
   */
  int number(String name) {
    String value = parameters.getOrDefault(name, "0");
    return value.matches("\\d{1,6}") ? Integer.parseInt(value) : -1;
  }
}
