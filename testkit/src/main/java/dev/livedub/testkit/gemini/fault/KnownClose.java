package dev.livedub.testkit.gemini.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The closes that the real service was seen to make, each with its code and reason. */
public enum KnownClose {
  /** Before setupComplete: the key is wrong. */
  INVALID_KEY(1007, "API key not valid. Please pass a valid API key."),
  /** Before setupComplete: the key is too old. */
  EXPIRED_KEY(1007, "API key expired. Please renew the API key."),
  /** Before setupComplete: something is not understood. */
  INVALID_JSON(
      1007, "Invalid JSON payload received. Unknown name \"x\" at 'setup': Cannot find field."),
  /** Before setupComplete, or seconds after it: something is not accepted. */
  INVALID_ARGUMENT(1007, "Request contains an invalid argument."),
  /** Before setupComplete: that is no handle. */
  INVALID_HANDLE(1007, "Invalid session handle"),
  /** Before setupComplete: the handle is dead. */
  SESSION_NOT_FOUND(1008, "BidiGenerateContent session not found"),
  /** Before setupComplete: there is no such model. */
  MODEL_NOT_FOUND(
      1008,
      "models/X is not found for API version v1beta, or is not supported for bidiGenerateContent."),
  /** About 0.8 s after setupComplete, or later. */
  QUOTA(
      1011,
      "You exceeded your current quota, please check your plan and billing details. For more"
          + " information on this error, see the documentation."),
  /** In mid-stream, also at the end of a connection's life. */
  DEADLINE(1011, "Deadline expired before operation could complete."),
  /** In mid-stream. */
  INTERNAL(1011, "Internal error encountered."),
  /** In mid-stream. */
  UNAVAILABLE(1011, "The service is currently unavailable."),
  /** After long without input. */
  ABORTED(1008, "The operation was aborted."),
  /** At the end of a connection's life. */
  LIFE_OVER(1008, "Session duration limit exceeded."),
  /** At any time. */
  NORMAL(1000, ""),
  /** At any time. */
  GOING_AWAY(1001, "");

  private final int code;
  private final String reason;

  KnownClose(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  /** Close code. */
  public int code() {
    return code;
  }

  /** Reason, before it is cut to what a close frame holds. */
  public String reason() {
    return reason;
  }

  /** The fault that closes so. */
  public SimFault fault() {
    return SimFault.close(code, reason);
  }

  /** The name in scripts and in the control API. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of that name. */
  public static Optional<KnownClose> ofLabel(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }
}
