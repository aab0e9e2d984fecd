package dev.livedub.media.rtmp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes AMF0 values (Adobe's Action Message Format, AMF 0, 2.1). Threading: one thread. */
final class Amf0Writer {

  private static final int NUMBER = 0;
  private static final int BOOLEAN = 1;
  private static final int STRING = 2;
  private static final int OBJECT = 3;
  private static final int NULL = 5;
  private static final int ECMA_ARRAY = 8;
  private static final int OBJECT_END = 9;
  private static final int STRICT_ARRAY = 10;
  private static final int LONG_STRING = 12;
  private static final int MAX_STRING_BYTES = 0xFFFF;

  /** Written as an array with names, as a map is not. */
  record EcmaArray(Map<String, Object> values) {}

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  /** Several values in a row. */
  static byte[] encode(@Nullable Object... values) {
    Amf0Writer writer = new Amf0Writer();
    for (Object value : values) {
      writer.value(value);
    }
    return writer.out.toByteArray();
  }

  private void value(@Nullable Object value) {
    if (value instanceof Number number) {
      out.write(NUMBER);
      out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(number.doubleValue()).array());
    } else if (value instanceof Boolean isTrue) {
      out.write(BOOLEAN);
      out.write(isTrue ? 1 : 0);
    } else if (value instanceof String text) {
      string(text);
    } else if (value instanceof EcmaArray array) {
      out.write(ECMA_ARRAY);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(array.values().size()).array());
      members(array.values());
    } else if (value instanceof Map<?, ?> map) {
      out.write(OBJECT);
      members(map);
    } else if (value instanceof List<?> list) {
      out.write(STRICT_ARRAY);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(list.size()).array());
      list.forEach(this::value);
    } else if (value == null) {
      out.write(NULL);
    } else {
      throw new IllegalArgumentException("no AMF0 for " + value.getClass());
    }
  }

  private void string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_STRING_BYTES) {
      out.write(LONG_STRING);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      out.writeBytes(bytes);
    } else {
      out.write(STRING);
      name(bytes);
    }
  }

  private void members(Map<?, ?> map) {
    map.forEach(
        (key, value) -> {
          name(key.toString().getBytes(StandardCharsets.UTF_8));
          value(value);
        });
    name(new byte[0]);
    out.write(OBJECT_END);
  }

  private void name(byte[] bytes) {
    out.write(bytes.length >> 8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }
}
