package dev.livedub.testkit.rtmp;

/**
 * Hears of the tags of a stream as they arrive.
 *
 * <p><b>Threading:</b> called on the publishing connection's thread; two connections may call at
 * once.
 */
@FunctionalInterface
public interface TagListener {

  /** Hears nothing. */
  TagListener NONE = (publication, tag, body) -> {};

  /**
   * A tag of sound or picture has arrived.
   *
   * @param body as of Adobe's specification 10.1, annex E; lent, nobody changes it
   */
  void arrived(RtmpPublication publication, RtmpTag tag, byte[] body);
}
