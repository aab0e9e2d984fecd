package dev.livedub.testkit.rtmp;

/**
 * One RTMP message, put together from its chunks.
 *
 * @param type of the message, from the constants here
 * @param streamId the message stream it belongs to; 0 is the connection itself
 * @param timestampMillis unsigned 32 bits
 */
record RtmpMessage(int type, int streamId, long timestampMillis, byte[] payload) {

  static final int SET_CHUNK_SIZE = 1;
  static final int ABORT = 2;
  static final int ACKNOWLEDGEMENT = 3;
  static final int USER_CONTROL = 4;
  static final int WINDOW_SIZE = 5;
  static final int PEER_BANDWIDTH = 6;
  static final int AUDIO = 8;
  static final int VIDEO = 9;
  static final int DATA_AMF3 = 15;
  static final int COMMAND_AMF3 = 17;
  static final int DATA = 18;
  static final int COMMAND = 20;

  /** The number in the payload of a control message; 0 if there is none. */
  long number() {
    long number = 0;
    for (int i = 0; i < Math.min(4, payload.length); i++) {
      number = number << 8 | payload[i] & 0xFF;
    }
    return number;
  }
}
