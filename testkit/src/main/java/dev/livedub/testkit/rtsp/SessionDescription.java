package dev.livedub.testkit.rtsp;

import dev.livedub.testkit.nal.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's session description (RFC 4566), of which the relay understands only the tracks.
 *
 * @param sessionLines what stands before the first {@code m=}
 */
record SessionDescription(List<String> sessionLines, List<Track> tracks) {

  /** How the relay names its tracks to players; a number follows. */
  static final String CONTROL_PREFIX = "trackID=";

  private static final int DEFAULT_CLOCK_RATE_HZ = 90_000;

  /**
   * One elementary stream.
   *
   * @param control as the publisher named it; relative or absolute
   * @param clockRateHz of its RTP timestamps
   * @param codec null if it is not made of NAL units
   */
  record Track(
      List<String> lines, MediaKind kind, String control, int clockRateHz, @Nullable Codec codec) {}

  static SessionDescription parse(String sdp) {
    List<String> sessionLines = new ArrayList<>();
    List<List<String>> media = new ArrayList<>();
    for (String line : sdp.split("\r?\n")) {
      if (line.startsWith("m=")) {
        media.add(new ArrayList<>());
      }
      if (!line.isBlank()) {
        (media.isEmpty() ? sessionLines : media.get(media.size() - 1)).add(line);
      }
    }
    return new SessionDescription(
        List.copyOf(sessionLines), media.stream().map(SessionDescription::track).toList());
  }

  /** The description for players: the relay's own track names, everything else as published. */
  String forPlayers() {
    StringBuilder sdp = new StringBuilder(512);
    append(sdp, sessionLines);
    sdp.append("a=control:*\r\n");
    for (int i = 0; i < tracks.size(); i++) {
      append(sdp, tracks.get(i).lines());
      sdp.append("a=control:").append(CONTROL_PREFIX).append(i).append("\r\n");
    }
    return sdp.toString();
  }

  private static void append(StringBuilder sdp, List<String> lines) {
    lines.stream()
        .filter(line -> !line.startsWith("a=control:"))
        .forEach(line -> sdp.append(line).append("\r\n"));
  }

  private static Track track(List<String> lines) {
    String media = lines.get(0).substring(2).split("[ /]", 2)[0];
    String[] rtpmap = attribute(lines, "rtpmap:").split("[ /]", 4);
    String encoding = rtpmap.length > 1 ? rtpmap[1].toUpperCase(Locale.ROOT) : "";
    Codec codec =
        switch (encoding) {
          case "H264" -> Codec.H264;
          case "H265" -> Codec.H265;
          default -> null;
        };
    return new Track(
        List.copyOf(lines),
        MediaKind.ofSdp(media),
        attribute(lines, "control:"),
        clockRateHz(lines.get(0), rtpmap),
        codec);
  }

  /** The clock of the rtpmap, or of the static payload types (RFC 3551, table 4 and 5). */
  private static int clockRateHz(String mediaLine, String[] rtpmap) {
    if (rtpmap.length > 2 && rtpmap[2].matches("[1-9][0-9]{0,8}")) {
      return Integer.parseInt(rtpmap[2]);
    }
    String[] words = mediaLine.split(" ");
    String payloadType = words.length > 3 ? words[3] : "";
    return switch (payloadType) {
      case "0", "3", "4", "5", "7", "8", "9", "15", "18" -> 8_000;
      case "10", "11" -> 44_100;
      default -> DEFAULT_CLOCK_RATE_HZ;
    };
  }

  private static String attribute(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith("a=" + name))
        .map(line -> line.substring(2 + name.length()).trim())
        .findFirst()
        .orElse("");
  }
}
