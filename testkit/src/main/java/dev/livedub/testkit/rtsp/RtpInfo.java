package dev.livedub.testkit.rtsp;

import java.util.stream.Collectors;

/** The header RTP-Info (RFC 2326, 12.33): where each stream stands as a player joins. */
final class RtpInfo {

  private RtpInfo() {}

  /** The value for those tracks that the player set up and that flow; empty if there are none. */
  static String of(Publication publication, Player player, String baseUrl, long nowNanos) {
    return publication.tracks().stream()
        .filter(track -> track.isFlowing() && player.hasTrack(track.index()))
        .map(
            track ->
                String.format(
                    "url=%s/%s%d;seq=%d;rtptime=%s",
                    baseUrl,
                    SessionDescription.CONTROL_PREFIX,
                    track.index(),
                    track.nextSequence(),
                    Integer.toUnsignedString(track.timestampAt(nowNanos))))
        .collect(Collectors.joining(","));
  }
}
