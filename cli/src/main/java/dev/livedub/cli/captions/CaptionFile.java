package dev.livedub.cli.captions;

import dev.livedub.core.caption.Caption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * One file of captions. What cannot be written whole is taken back, so that the file stays readable
 * and goes on once it can be written again.
 *
 * <p><b>Threading:</b> one thread.
 *
 * <p><b>Ownership:</b> closes its channel.
 */
final class CaptionFile implements AutoCloseable {

  private final String name;
  private final CaptionFormat format;
  private final SeekableByteChannel channel;
  private boolean begun;
  private boolean failing;

  /**
   * A file with nothing in it yet.
   *
   * @param channel open for writing
   */
  CaptionFile(String name, CaptionFormat format, SeekableByteChannel channel) {
    this.name = name;
    this.format = format;
    this.channel = channel;
  }

  String name() {
    return name;
  }

  /** Whether the last that was to be written could not be. */
  boolean isFailing() {
    return failing;
  }

  /** Writes the header, if it could not be written before. */
  void begin() throws IOException {
    if (!begun) {
      append(format.header());
      begun = true;
    }
  }

  /** Writes a caption, if this format has it. */
  void write(Caption caption) throws IOException {
    String entry = format.entry(caption);
    if (!entry.isEmpty()) {
      begin();
      append(entry);
    }
  }

  private void append(String text) throws IOException {
    failing = true;
    if (!text.isEmpty()) {
      long end = channel.position();
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        takeBack(end, e);
        throw e;
      }
    }
    failing = false;
  }

  private void takeBack(long end, IOException cause) {
    try {
      channel.truncate(end);
      channel.position(end);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
