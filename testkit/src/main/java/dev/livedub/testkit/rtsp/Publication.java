package dev.livedub.testkit.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What one publisher announced, from ANNOUNCE to its end. Threading: under its path's lock. */
final class Publication {

  private final RtspConnection publisher;
  private final SessionDescription description;
  private final List<RelayTrack> tracks = new ArrayList<>();

  Publication(RtspConnection publisher, SessionDescription description, Consumer<AccessUnit> tap) {
    this.publisher = publisher;
    this.description = description;
    for (SessionDescription.Track track : description.tracks()) {
      tracks.add(new RelayTrack(tracks.size(), track, tap));
    }
  }

  RtspConnection publisher() {
    return publisher;
  }

  SessionDescription description() {
    return description;
  }

  List<RelayTrack> tracks() {
    return tracks;
  }

  /** The track that the publisher's SETUP means. */
  Optional<RelayTrack> byControl(String uri) {
    return tracks.stream()
        .filter(track -> uri.equals(track.control()) || uri.endsWith("/" + track.control()))
        .findFirst();
  }

  /** The track that a player's SETUP means, by the relay's own names. */
  Optional<RelayTrack> byTrackId(String uri) {
    return tracks.stream()
        .filter(track -> uri.endsWith("/" + SessionDescription.CONTROL_PREFIX + track.index()))
        .findFirst();
  }
}
