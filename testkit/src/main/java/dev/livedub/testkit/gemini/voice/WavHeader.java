package dev.livedub.testkit.gemini.voice;

import java.io.DataOutputStream;
import java.io.IOException;

/** The 44 bytes before the samples of a 16-bit mono WAV file. */
final class WavHeader {

  private static final int AFTER_LENGTH_BYTES = 36;
  private static final int FORMAT_BYTES = 16;
  private static final short PCM = 1;
  private static final short MONO = 1;

  private WavHeader() {}

  static void write(DataOutputStream out, int sampleRateHz, long samples) throws IOException {
    int dataBytes = Math.toIntExact(2 * samples);
    out.writeBytes("RIFF");
    writeInt(out, AFTER_LENGTH_BYTES + dataBytes);
    out.writeBytes("WAVEfmt ");
    writeInt(out, FORMAT_BYTES);
    out.writeShort(Short.reverseBytes(PCM));
    out.writeShort(Short.reverseBytes(MONO));
    writeInt(out, sampleRateHz);
    writeInt(out, 2 * sampleRateHz);
    out.writeShort(Short.reverseBytes((short) 2));
    out.writeShort(Short.reverseBytes((short) 16));
    out.writeBytes("data");
    writeInt(out, dataBytes);
  }

  private static void writeInt(DataOutputStream out, int value) throws IOException {
    out.writeInt(Integer.reverseBytes(value));
  }
}
