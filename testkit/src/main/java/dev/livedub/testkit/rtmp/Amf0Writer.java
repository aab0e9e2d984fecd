package dev.livedub.testkit.rtmp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the AMF0 values that a server's answers need. Threading: one thread. */
final class Amf0Writer {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  /** Numbers, strings, null, and maps of these. */
  Amf0Writer value(@Nullable Object value) {
    if (value instanceof Number number) {
      out.write(0);
      out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(number.doubleValue()).array());
    } else if (value instanceof String text) {
      out.write(2);
      name(text);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value == null) {
      out.write(5);
    } else {
      throw new IllegalArgumentException("no AMF0 for " + value.getClass());
    }
    return this;
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  private void object(Map<?, ?> map) {
    out.write(3);
    map.forEach(
        (key, value) -> {
          name(key.toString());
          value(value);
        });
    name("");
    out.write(9);
  }

  private void name(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes.length >> 8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }
}
