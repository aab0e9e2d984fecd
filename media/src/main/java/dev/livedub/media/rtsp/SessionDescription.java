package dev.livedub.media.rtsp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A session description (RFC 4566), of which only pictures and sound are kept, and only what says
 * how to read them: no addresses, ports or keys, one payload type a track, no two alike.
 *
 * @param control how requests name the whole session; as written, may be empty
 * @param tracks those that can be received, in their order
 */
record SessionDescription(String control, List<MediaTrack> tracks) {

  /** More are not looked at. */
  private static final int MAX_TRACKS = 16;

  private static final String HEAD =
      "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";

  static SessionDescription parse(String sdp) {
    List<String> session = new ArrayList<>();
    List<List<String>> sections = new ArrayList<>();
    for (String line : sdp.lines().toList()) {
      if (line.startsWith("m=")) {
        sections.add(new ArrayList<>());
      }
      (sections.isEmpty() ? session : sections.get(sections.size() - 1)).add(line.strip());
    }
    Set<Integer> taken = new HashSet<>();
    List<MediaTrack> tracks = new ArrayList<>();
    for (List<String> section : sections) {
      Optional<MediaTrack> track =
          tracks.size() < MAX_TRACKS ? MediaSection.read(section, taken) : Optional.empty();
      track.ifPresent(
          readable -> {
            taken.add(readable.ownPayloadType());
            tracks.add(readable);
          });
    }
    return new SessionDescription(MediaSection.attribute(session, "control"), List.copyOf(tracks));
  }

  /**
   * The description for a demuxer that is handed packets and opens no sockets. Packets of the track
   * at {@code i} bear the source number that {@link #sourceOf} gives.
   */
  String forDemuxer() {
    StringBuilder text = new StringBuilder(1_024).append(HEAD);
    for (int i = 0; i < tracks.size(); i++) {
      MediaTrack track = tracks.get(i);
      text.append("m=").append(track.kind()).append(" 0 RTP/AVP ");
      text.append(track.ownPayloadType()).append("\r\n");
      track.lines().forEach(line -> text.append(line).append("\r\n"));
      text.append("a=ssrc:").append(sourceOf(i)).append("\r\n");
    }
    return text.toString();
  }

  /**
   * What stands for a track's SSRC. The server's own is known only from the first packet, too late
   * for a sender report before it, and may change.
   */
  static int sourceOf(int trackIndex) {
    return trackIndex + 1;
  }
}
