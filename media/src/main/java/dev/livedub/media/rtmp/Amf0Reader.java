package dev.livedub.media.rtmp;

import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads AMF0 values (Adobe's Action Message Format, AMF 0, 2.1): numbers and dates as Double,
 * booleans, strings, objects and ECMA arrays as maps, strict arrays as lists, null and undefined as
 * null. Threading: one thread.
 */
final class Amf0Reader {

  private static final int MAX_DEPTH = 16;
  private static final int OBJECT_END = 9;

  private final ByteBuffer data;

  private Amf0Reader(byte[] data) {
    this.data = ByteBuffer.wrap(data);
  }

  /** All values, to the end. */
  static List<@Nullable Object> decode(byte[] data) throws ProtocolException {
    Amf0Reader reader = new Amf0Reader(data);
    List<@Nullable Object> values = new ArrayList<>();
    try {
      while (reader.data.hasRemaining()) {
        values.add(reader.value(0));
      }
    } catch (BufferUnderflowException e) {
      throw (ProtocolException) new ProtocolException("AMF0 data is cut short").initCause(e);
    }
    return values;
  }

  private @Nullable Object value(int depth) throws ProtocolException {
    if (depth > MAX_DEPTH) {
      throw new ProtocolException("AMF0 data is nested too deeply");
    }
    int marker = data.get();
    return switch (marker) {
      case 0 -> data.getDouble();
      case 1 -> data.get() != 0;
      case 2 -> string(data.getShort() & 0xFFFF);
      case 3 -> properties(depth);
      case 5, 6 -> null;
      case 8 -> ecmaArray(depth);
      case 10 -> strictArray(depth);
      case 11 -> date();
      case 12, 15 -> string(data.getInt());
      default -> throw new ProtocolException("AMF0 marker " + marker);
    };
  }

  private Map<String, @Nullable Object> ecmaArray(int depth) throws ProtocolException {
    data.getInt(); // how many; only a hint, the end marker rules
    return properties(depth);
  }

  private Map<String, @Nullable Object> properties(int depth) throws ProtocolException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (true) {
      String key = string(data.getShort() & 0xFFFF);
      if (key.isEmpty() && data.hasRemaining() && data.get(data.position()) == OBJECT_END) {
        data.get();
        return map;
      }
      map.put(key, value(depth + 1));
    }
  }

  private List<@Nullable Object> strictArray(int depth) throws ProtocolException {
    int count = data.getInt();
    if (count < 0 || count > data.remaining()) {
      throw new ProtocolException("AMF0 array of " + count);
    }
    List<@Nullable Object> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(value(depth + 1));
    }
    return list;
  }

  private Double date() {
    double millis = data.getDouble();
    data.getShort(); // a time zone that is always 0
    return millis;
  }

  private String string(int sizeBytes) throws ProtocolException {
    if (sizeBytes < 0 || sizeBytes > data.remaining()) {
      throw new ProtocolException("AMF0 string of " + sizeBytes + " bytes");
    }
    byte[] bytes = new byte[sizeBytes];
    data.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
