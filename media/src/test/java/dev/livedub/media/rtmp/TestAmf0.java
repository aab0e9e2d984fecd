package dev.livedub.media.rtmp;

import java.net.ProtocolException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a message of data holds. */
public final class TestAmf0 {

  private TestAmf0() {}

  /** The values of {@code onMetaData}, by their names; numbers are doubles. */
  public static Map<String, Object> onMetaData(byte[] payload) throws ProtocolException {
    List<?> values = Amf0Reader.decode(payload);
    if (!"onMetaData".equals(values.get(0))) {
      throw new IllegalArgumentException("not metadata: " + values);
    }
    Map<String, Object> metadata = new HashMap<>();
    ((Map<?, ?>) values.get(1)).forEach((name, value) -> metadata.put(name.toString(), value));
    return metadata;
  }
}
