package dev.livedub.testkit.clip;

import java.util.List;

/**
 * What a clip's picture is: H.264, Main profile, progressive.
 *
 * @param width luma samples, even
 * @param height luma samples, even
 * @param rate pictures a second
 * @param bFrames pictures between two references, 0 to 3; they are no references themselves
 * @param gopFrames pictures from one IDR to the next
 * @param bitRate bits a second, reached with noise; 0 for none
 * @param reorderInfo whether the SPS says how far pictures are re-ordered
 * @param startMicros the media time at which the picture begins
 * @param changes changes of size, in order of time
 */
public record PictureSpec(
    int width,
    int height,
    FrameRate rate,
    int bFrames,
    int gopFrames,
    int bitRate,
    boolean reorderInfo,
    long startMicros,
    List<PictureChange> changes) {

  public PictureSpec {
    requireSize(width, height);
    if (bFrames < 0 || bFrames > 3) {
      throw new IllegalArgumentException("bFrames " + bFrames + ", expected 0 to 3");
    }
    if (gopFrames < 1 || gopFrames > 120) {
      throw new IllegalArgumentException("gopFrames " + gopFrames + ", expected 1 to 120");
    }
    if (bitRate < 0 || startMicros < 0) {
      throw new IllegalArgumentException("bitRate " + bitRate + ", startMicros " + startMicros);
    }
    changes = List.copyOf(changes);
  }

  static void requireSize(int width, int height) {
    if (width < 64 || height < 64 || width > 1920 || height > 1088 || ((width | height) & 1) != 0) {
      throw new IllegalArgumentException(
          "size " + width + "x" + height + ", expected even and between 64x64 and 1920x1088");
    }
  }
}
