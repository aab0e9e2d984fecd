package dev.livedub.media.ffmpeg;

import dev.livedub.media.flv.RecordedTags.Tag;
import dev.livedub.media.flv.TagWriter.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The tags of an FLV file (Adobe's FLV specification 10.1, E.2 to E.4). */
record FlvFile(List<Tag> media, List<byte[]> data) {

  private static final int HEADER_BYTES = 9 + 4;
  private static final int TAG_HEADER_BYTES = 11;
  private static final int SOUND = 8;
  private static final int DATA = 18;

  static FlvFile read(Path file) throws IOException {
    FlvFile flv = new FlvFile(new ArrayList<>(), new ArrayList<>());
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).position(HEADER_BYTES);
    while (bytes.remaining() >= TAG_HEADER_BYTES) {
      int begin = bytes.position();
      int type = bytes.get(begin);
      byte[] payload = new byte[bytes.getInt(begin) & 0xFFFFFF];
      long atMillis = (bytes.get(begin + 7) & 0xFFL) << 24 | bytes.getInt(begin + 4) >>> 8;
      bytes.position(begin + TAG_HEADER_BYTES).get(payload);
      bytes.position(bytes.position() + 4);
      if (type == DATA) {
        flv.data.add(payload);
      } else {
        Kind kind = type == SOUND ? Kind.SOUND : Kind.PICTURE;
        flv.media.add(new Tag(kind, atMillis, HexFormat.of().formatHex(payload)));
      }
    }
    return flv;
  }
}
