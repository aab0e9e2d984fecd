package dev.livedub.media.flv;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes the payload of tags.
 *
 * <p>Call order: {@link #begin}, then {@link #fill} until the tag has as many bytes as announced.
 * <b>Threading:</b> one thread.
 */
public interface TagWriter {

  /** What a tag is about. */
  enum Kind {
    SOUND,
    PICTURE
  }

  /**
   * Begins a tag.
   *
   * @param atMillis its time; the lower 32 bits count
   * @param sizeBytes of its payload
   */
  void begin(Kind kind, long atMillis, int sizeBytes) throws IOException;

  /**
   * Adds to the payload.
   *
   * @param borrowed what remains in it is taken, all of it; valid during the call
   */
  void fill(ByteBuffer borrowed) throws IOException;
}
