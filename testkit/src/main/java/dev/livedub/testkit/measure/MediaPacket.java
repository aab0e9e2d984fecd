package dev.livedub.testkit.measure;

import java.util.OptionalLong;

/**
 * A packet as a demuxer gave it.
 *
 * @param ptsMicros presentation, rounded to a microsecond, if it has one
 * @param dtsMicros decoding, likewise
 * @param sizeBytes size of the payload
 * @param hash of the VCL NAL units of a picture, and of all bytes of anything else
 * @param keyframe whether decoding can begin here
 */
public record MediaPacket(
    OptionalLong ptsMicros, OptionalLong dtsMicros, int sizeBytes, long hash, boolean keyframe) {

  /** A packet with both times. */
  public static MediaPacket at(long ptsMicros, long dtsMicros, int sizeBytes, long hash) {
    return new MediaPacket(
        OptionalLong.of(ptsMicros), OptionalLong.of(dtsMicros), sizeBytes, hash, false);
  }
}
