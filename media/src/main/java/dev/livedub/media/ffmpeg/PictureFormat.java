package dev.livedub.media.ffmpeg;

import java.util.Arrays;

/**
 * What a picture stream is, apart from its pictures. Immutable.
 *
 * @param codec which codec
 * @param configuration SPS, PPS (and VPS): an {@code avcC}/{@code hvcC} record, or Annex B; may be
 *     empty until the first keyframe tells
 * @param width in pixels, 0 if unknown
 * @param height in pixels, 0 if unknown
 * @param profile FFmpeg's number for the profile
 * @param level FFmpeg's number for the level
 * @param reorderDepth pictures a decoder holds back before it shows the first
 * @param frameDurationMicros nominal distance of two pictures, µs
 */
@SuppressWarnings("ArrayRecordComponent") // never changed; compared by content below
public record PictureFormat(
    Codec codec,
    byte[] configuration,
    int width,
    int height,
    int profile,
    int level,
    int reorderDepth,
    long frameDurationMicros)
    implements StreamFormat {

  /** Picture codecs that can be carried. */
  public enum Codec {
    H264,
    H265
  }

  /** The same stream with other parameter sets. */
  public PictureFormat withConfiguration(byte[] sets) {
    return new PictureFormat(
        codec, sets, width, height, profile, level, reorderDepth, frameDurationMicros);
  }

  /** The same stream with another picture size, in pixels, and reorder depth. */
  PictureFormat withPicture(int itsWidth, int itsHeight, int itsReorderDepth) {
    return new PictureFormat(
        codec,
        configuration,
        itsWidth,
        itsHeight,
        profile,
        level,
        itsReorderDepth,
        frameDurationMicros);
  }

  /** Whether enough is known to announce the stream to a receiver. */
  public boolean isComplete() {
    return configuration.length > 0 && width > 0 && height > 0;
  }

  @Override
  public boolean isSameCodecAs(StreamFormat other) {
    return other instanceof PictureFormat that && codec == that.codec;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PictureFormat that
        && codec == that.codec
        && Arrays.equals(configuration, that.configuration);
  }

  @Override
  public int hashCode() {
    return 31 * codec.hashCode() + Arrays.hashCode(configuration);
  }

  @Override
  public String toString() {
    return codec + " " + width + "x" + height;
  }
}
