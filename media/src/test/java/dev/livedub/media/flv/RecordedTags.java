package dev.livedub.media.flv;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Keeps the tags that it is given. */
public final class RecordedTags implements TagWriter {

  /** A whole tag. */
  public record Tag(Kind kind, long atMillis, String hex) {}

  private final List<Tag> tags = new ArrayList<>();
  private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
  private Kind kind = Kind.SOUND;
  private long atMillis;
  private int sizeBytes;

  @Override
  public void begin(Kind itsKind, long itsMillis, int itsSizeBytes) {
    if (payload.size() > 0) {
      throw new IllegalStateException("a tag lacks " + (sizeBytes - payload.size()) + " bytes");
    }
    kind = itsKind;
    atMillis = itsMillis;
    sizeBytes = itsSizeBytes;
  }

  @Override
  public void fill(ByteBuffer borrowed) {
    while (borrowed.hasRemaining()) {
      payload.write(borrowed.get());
    }
    if (payload.size() > sizeBytes) {
      throw new IllegalStateException(payload.size() + " bytes, not " + sizeBytes);
    }
    if (payload.size() == sizeBytes) {
      tags.add(new Tag(kind, atMillis, HexFormat.of().formatHex(payload.toByteArray())));
      payload.reset();
    }
  }

  /** The tags that are complete, in their order. */
  public List<Tag> tags() {
    return List.copyOf(tags);
  }

  /** The payload of the last tag, in hexadecimal digits. */
  String last() {
    return tags.get(tags.size() - 1).hex();
  }
}
