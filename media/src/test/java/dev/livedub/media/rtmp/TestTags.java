package dev.livedub.media.rtmp;

import dev.livedub.media.flv.TagWriter.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Publishes tags that hold what a test wants. */
final class TestTags {

  private TestTags() {}

  /** A tag of that many bytes, each of them {@code value}. */
  static void publish(RtmpPublisher publisher, Kind kind, int value, int sizeBytes)
      throws RtmpException {
    publisher.begin(kind, 0, sizeBytes);
    byte[] payload = new byte[sizeBytes];
    Arrays.fill(payload, (byte) value);
    publisher.fill(ByteBuffer.wrap(payload));
  }
}
