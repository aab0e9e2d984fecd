package dev.livedub.testkit.mp4;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes boxes (ISO/IEC 14496-12, 4.2) into memory, big end first.
 *
 * <p><b>Threading:</b> not for use by several threads.
 */
final class Box {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Appends a box of a type with what {@code content} writes. */
  Box box(String type, Consumer<Box> content) {
    Box inner = new Box();
    content.accept(inner);
    byte[] bytes = inner.bytes();
    u32(8L + bytes.length);
    ascii(type);
    return raw(bytes);
  }

  /** Appends a box that has a version and flags. */
  Box fullBox(String type, int version, int flags, Consumer<Box> content) {
    return box(
        type,
        inner -> {
          inner.u32((long) version << 24 | flags);
          content.accept(inner);
        });
  }

  Box u8(int value) {
    out.write(value);
    return this;
  }

  Box u16(int value) {
    return u8(value >> 8).u8(value);
  }

  Box u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  Box u64(long value) {
    return u32(value >> 32).u32(value);
  }

  Box ascii(String text) {
    return raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  Box zeros(int count) {
    return raw(new byte[count]);
  }

  Box raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
