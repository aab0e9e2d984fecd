package dev.livedub.testkit.gemini.wire;

import java.nio.charset.StandardCharsets;

/** The service does not accept what it was sent, and closes with a code and a reason. */
public final class Refusal extends Exception {

  /** A close frame holds no more of a reason. */
  public static final int MAX_REASON_BYTES = 123;

  /** Close code of what is wrong in itself. */
  public static final int INVALID = 1007;

  /** Close code of what may not be. */
  public static final int POLICY = 1008;

  /** Close code of what went wrong here. */
  public static final int INTERNAL = 1011;

  private static final long serialVersionUID = 1L;

  private final int code;

  /** A refusal; the reason is cut to what a close frame holds. */
  public Refusal(int code, String reason) {
    super(cut(reason), null, false, false);
    this.code = code;
  }

  /** The commonest refusal. */
  public static Refusal invalidArgument() {
    return new Refusal(INVALID, "Request contains an invalid argument.");
  }

  /** Close code. */
  public int code() {
    return code;
  }

  /** Reason of the close frame. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** A reason as a close frame can hold it: so many bytes, no half characters. */
  public static String cut(String reason) {
    byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_REASON_BYTES) {
      return reason;
    }
    int end = MAX_REASON_BYTES;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
