package dev.livedub.testkit.clip;

/**
 * A change of size in mid-stream: a keyframe with a new SPS.
 *
 * @param atMicros the first picture at or after this media time has the new size
 * @param width the new width, even
 * @param height the new height, even
 */
public record PictureChange(long atMicros, int width, int height) {

  public PictureChange {
    PictureSpec.requireSize(width, height);
  }
}
