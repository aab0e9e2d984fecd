package dev.livedub.testkit.measure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes 16-bit sound to a WAV file, piece by piece.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
public final class WavFile implements AutoCloseable {

  private static final int HEADER_BYTES = 44;

  private final RandomAccessFile file;
  private final int sampleRateHz;
  private final int channels;
  private long dataBytes;

  /** Begins a file; what was there is gone. */
  public WavFile(Path path, int sampleRateHz, int channels) throws IOException {
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    file = new RandomAccessFile(path.toFile(), "rw");
    file.setLength(0);
    file.write(header());
  }

  /** Adds interleaved samples. */
  public void write(short[] interleaved) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * interleaved.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(interleaved);
    file.write(bytes.array());
    dataBytes += bytes.capacity();
  }

  @Override
  public void close() throws IOException {
    file.seek(0);
    file.write(header());
    file.close();
  }

  private byte[] header() {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt((int) (HEADER_BYTES - 8 + dataBytes))
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) channels)
        .putInt(sampleRateHz)
        .putInt(2 * channels * sampleRateHz)
        .putShort((short) (2 * channels))
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt((int) dataBytes)
        .array();
  }
}
