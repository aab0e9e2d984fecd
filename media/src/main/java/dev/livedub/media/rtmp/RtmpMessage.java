package dev.livedub.media.rtmp;

/**
 * A whole message from the server; its timestamp means nothing to a publisher.
 *
 * @param type one of {@link MessageType}, or another
 */
record RtmpMessage(int type, byte[] payload) {

  /** The big-endian unsigned number that begins at {@code offset}; 0 if the payload ends first. */
  long number(int offset) {
    if (payload.length < offset + 4) {
      return 0;
    }
    long number = 0;
    for (int i = 0; i < 4; i++) {
      number = number << 8 | (payload[offset + i] & 0xFF);
    }
    return number;
  }
}
