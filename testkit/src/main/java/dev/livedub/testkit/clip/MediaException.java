package dev.livedub.testkit.clip;

import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** FFmpeg refused something; the message says what and why. */
public final class MediaException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int TEXT_BYTES = 128;

  private final int code;

  public MediaException(String what, int code) {
    super(what + ": " + text(code) + " (" + code + ")");
    this.code = code;
  }

  /** FFmpeg's error code. */
  public int code() {
    return code;
  }

  /** Gives back a result that is no error. */
  public static int check(int result, String what) {
    if (result < 0) {
      throw new MediaException(what, result);
    }
    return result;
  }

  private static String text(int code) {
    try (BytePointer buffer = new BytePointer(TEXT_BYTES)) {
      avutil.av_strerror(code, buffer, TEXT_BYTES);
      String text = buffer.getString();
      int end = text.indexOf('\0');
      return end < 0 ? text : text.substring(0, end);
    }
  }
}
