package dev.livedub.media.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one section of a session description: an {@code m=} line and what follows it. */
final class MediaSection {

  private static final Pattern MEDIA_LINE =
      Pattern.compile("m=(audio|video) +\\S+ +RTP/AVPF?(?:/\\w+)? +(\\d{1,3})(?: .*)?");
  private static final Pattern RTPMAP =
      Pattern.compile("a=rtpmap: *(\\d{1,3}) +[^/ ]+ */ *(\\d{1,9}).*");

  /** Attributes that name a payload type first. */
  private static final Pattern OF_PAYLOAD_TYPE =
      Pattern.compile("a=(rtpmap|fmtp|framesize): *(\\d{1,3})(\\b.*)");

  /** Of the remaining lines, those that could matter to who reads the packets. */
  private static final Pattern KEPT =
      Pattern.compile("b=.*|a=(?!control:|ssrc|crypto:|key-mgmt:|source-filter:|rtcp).*");

  private static final int FIRST_DYNAMIC = 96;
  private static final int LAST_DYNAMIC = 127;
  private static final int PICTURE_CLOCK_HZ = 90_000;

  private MediaSection() {}

  /**
   * The track, unless it is neither sound nor picture, is not carried by plain RTP, or cannot be
   * told apart from those that have {@code taken} their payload types.
   */
  static Optional<MediaTrack> read(List<String> section, Set<Integer> taken) {
    Matcher media = MEDIA_LINE.matcher(section.get(0));
    if (!media.matches()) {
      return Optional.empty();
    }
    int payloadType = Integer.parseInt(media.group(2));
    int own = payloadType;
    if (taken.contains(payloadType)) {
      own = hasMap(section, payloadType) ? free(taken) : -1;
    }
    if (payloadType > LAST_DYNAMIC || own < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new MediaTrack(
            media.group(1),
            attribute(section, "control"),
            payloadType,
            own,
            clockRateHz(section, payloadType),
            kept(section, payloadType, own)));
  }

  private static int free(Set<Integer> taken) {
    int candidate = FIRST_DYNAMIC;
    while (taken.contains(candidate)) {
      candidate++;
    }
    return candidate <= LAST_DYNAMIC ? candidate : -1;
  }

  private static boolean hasMap(List<String> section, int payloadType) {
    return mapOf(section, payloadType).isPresent();
  }

  private static Optional<Matcher> mapOf(List<String> section, int payloadType) {
    return section.stream()
        .map(RTPMAP::matcher)
        .filter(map -> map.matches() && Integer.parseInt(map.group(1)) == payloadType)
        .findFirst();
  }

  private static int clockRateHz(List<String> section, int payloadType) {
    int mapped = mapOf(section, payloadType).map(map -> Integer.parseInt(map.group(2))).orElse(0);
    return mapped > 0 ? mapped : staticClockRateHz(payloadType);
  }

  /** RFC 3551, tables 4 and 5. */
  private static int staticClockRateHz(int payloadType) {
    return switch (payloadType) {
      case 0, 3, 4, 5, 7, 8, 9, 12, 13, 15, 18 -> 8_000;
      case 6 -> 16_000;
      case 10, 11 -> 44_100;
      case 16 -> 11_025;
      case 17 -> 22_050;
      default -> PICTURE_CLOCK_HZ;
    };
  }

  /** What other payload types of this section are about could be taken for this one's. */
  private static List<String> kept(List<String> section, int payloadType, int own) {
    List<String> lines = new ArrayList<>();
    for (String line : section.subList(1, section.size())) {
      Matcher typed = OF_PAYLOAD_TYPE.matcher(line);
      if (!typed.matches()) {
        if (KEPT.matcher(line).matches()) {
          lines.add(line);
        }
      } else if (Integer.parseInt(typed.group(2)) == payloadType) {
        lines.add("a=" + typed.group(1) + ":" + own + typed.group(3));
      }
    }
    return List.copyOf(lines);
  }

  static String attribute(List<String> lines, String name) {
    String prefix = "a=" + name + ":";
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .findFirst()
        .orElse("");
  }
}
