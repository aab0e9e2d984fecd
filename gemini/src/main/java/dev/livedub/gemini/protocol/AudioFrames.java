package dev.livedub.gemini.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Writes the messages that carry source sound.
 *
 * <p>They differ in nothing but the sound, so the rest is prepared once, and the buffers are kept:
 * what is allocated per message is the message.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
public final class AudioFrames {

  /** Says that no more sound will come. */
  public static final String END = "{\"realtimeInput\":{\"audioStreamEnd\":true}}";

  private static final byte[] HEAD = ascii("{\"realtimeInput\":{\"audio\":{\"data\":\"");
  private static final byte[] TAIL = ascii("\",\"mimeType\":\"audio/pcm;rate=16000\"}}}");

  private final Base64.Encoder base64 = Base64.getEncoder();
  private byte[] pcm = new byte[0];
  private byte[] encoded = new byte[0];
  private byte[] message = new byte[0];

  /** The message for signed 16-bit mono at 16 kHz. */
  public String encode(short[] samples) {
    fit(samples.length * 2);
    for (int i = 0; i < samples.length; i++) {
      pcm[2 * i] = (byte) samples[i];
      pcm[2 * i + 1] = (byte) (samples[i] >> 8);
    }
    int length = base64.encode(pcm, encoded);
    System.arraycopy(encoded, 0, message, HEAD.length, length);
    System.arraycopy(TAIL, 0, message, HEAD.length + length, TAIL.length);
    return new String(message, 0, HEAD.length + length + TAIL.length, StandardCharsets.ISO_8859_1);
  }

  /** How long the message for so many samples is. */
  public static int sizeBytes(int samples) {
    return HEAD.length + (samples * 2 + 2) / 3 * 4 + TAIL.length;
  }

  /** Chunks are all of one length but the last, so this changes the buffers twice at most. */
  private void fit(int pcmBytes) {
    if (pcm.length != pcmBytes || message.length == 0) {
      pcm = new byte[pcmBytes];
      encoded = new byte[(pcmBytes + 2) / 3 * 4];
      message = new byte[HEAD.length + encoded.length + TAIL.length];
      System.arraycopy(HEAD, 0, message, 0, HEAD.length);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
