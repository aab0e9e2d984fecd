package dev.livedub.testkit.rtmp;

/**
 * One tag as it arrived.
 *
 * @param codec a FourCC such as {@code avc1}, {@code hvc1}, {@code mp4a}; {@code flv-N} for another
 *     codec number of plain FLV; empty for data
 * @param timestampMillis the decoding time, unsigned 32 bits, as sent
 * @param compositionMillis what the presentation comes later; 0 except for pictures
 * @param sizeBytes of the tag's body
 * @param arrivalNanos {@link System#nanoTime} when its last byte had come
 * @param vclHash over the picture's VCL NAL units; {@link dev.livedub.testkit.nal.VclHash#NONE} if
 *     it has none
 * @param keyframe whether a picture says so of itself
 * @param sequenceHeader whether it is the codec's configuration
 * @param coded whether it is coded media: neither configuration, nor script data, nor the mark at a
 *     sequence's end
 */
public record RtmpTag(
    TagKind kind,
    String codec,
    long timestampMillis,
    int compositionMillis,
    int sizeBytes,
    long arrivalNanos,
    long vclHash,
    boolean keyframe,
    boolean sequenceHeader,
    boolean coded) {

  /** The presentation time. */
  public long ptsMillis() {
    return timestampMillis + compositionMillis;
  }
}
