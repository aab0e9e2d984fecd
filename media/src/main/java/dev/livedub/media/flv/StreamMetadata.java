package dev.livedub.media.flv;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code onMetaData} says of a stream (E.5). */
public final class StreamMetadata {

  private static final double BITS_PER_KILOBIT = 1024;

  private StreamMetadata() {}

  /**
   * A live stream's metadata, by their names.
   *
   * @param picture as announced
   * @param width in pixels
   * @param height in pixels
   */
  public static Map<String, Object> of(
      Optional<PictureCodec> picture, int width, int height, Optional<SoundTrack> sound) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    picture.ifPresent(
        codec -> {
          metadata.put("width", width);
          metadata.put("height", height);
          metadata.put("videodatarate", 0); // not known in advance
          metadata.put("videocodecid", codec.id());
        });
    sound.ifPresent(
        track -> {
          metadata.put("audiodatarate", track.bitRate() / BITS_PER_KILOBIT);
          metadata.put("audiosamplerate", track.sampleRateHz());
          metadata.put("audiosamplesize", track.sampleBits());
          metadata.put("stereo", track.channels() == 2);
          metadata.put("audiocodecid", track.codec().id());
        });
    metadata.put("encoder", "livedub");
    return metadata;
  }
}
