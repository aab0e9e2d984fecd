package dev.livedub.media.rtp;

/** Takes access units. */
@FunctionalInterface
public interface AccessUnitSink {

  /**
   * Takes one.
   *
   * @param track of which track it is, counted in the order of the description
   * @param bytes its payload lies at the beginning; valid during the call. Pictures are in Annex B
   *     form (ITU-T H.264 and H.265), each NAL unit with a start code of four bytes
   * @param keyframe whether decoding can begin here; true for all sound
   * @param ptsMicros presentation timestamp on the scale of the sender reports, µs, or {@link
   *     dev.livedub.core.timeline.MediaTimes#UNSET_MICROS}
   * @param durationMicros how long it lasts, µs; 0 if it does not say
   */
  void accept(
      int track,
      byte[] bytes,
      int sizeBytes,
      boolean keyframe,
      long ptsMicros,
      long durationMicros);
}
