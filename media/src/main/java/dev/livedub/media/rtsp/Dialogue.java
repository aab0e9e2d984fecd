package dev.livedub.media.rtsp;

import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Requests and answers on one connection, with what stands in all of them: sequence number, session
 * and authorization.
 *
 * <p><b>Threading:</b> one owner.
 */
final class Dialogue {

  private static final String USER_AGENT = "livedub";
  private static final String VERSION = "RTSP/1.0";
  private static final int UNAUTHORIZED = 401;

  private final Wire wire;
  private final Authentication authentication;
  private int sequence;
  private String session = "";

  Dialogue(Wire wire, Authentication authentication) {
    this.wire = wire;
    this.authentication = authentication;
  }

  /** The session that requests belong to from now on. */
  void session(String id) {
    session = id;
  }

  /**
   * Asks, and waits for the answer; asks once more if it wants a login and there is one.
   *
   * @param headers besides those of every request
   */
  RtspMessage ask(String method, String uri, Map<String, String> headers, long dueNanos)
      throws IOException, RtspException {
    send(method, uri, headers, dueNanos);
    RtspMessage answer = answer(method, dueNanos);
    if (answer.status() == UNAUTHORIZED && authentication.accept(answer)) {
      send(method, uri, headers, dueNanos);
      answer = answer(method, dueNanos);
    }
    return answer;
  }

  /** Asks without waiting. */
  void send(String method, String uri, Map<String, String> headers, long dueNanos)
      throws IOException, RtspException {
    sequence++;
    StringBuilder text = new StringBuilder(256);
    text.append(method).append(' ').append(uri).append(' ').append(VERSION).append("\r\n");
    append(text, "CSeq", Integer.toString(sequence));
    append(text, "User-Agent", USER_AGENT);
    if (!session.isEmpty()) {
      append(text, "Session", session);
    }
    authentication
        .authorization(method, uri)
        .ifPresent(value -> append(text, "Authorization", value));
    headers.forEach((name, value) -> append(text, name, value));
    wire.write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8), dueNanos);
  }

  private static void append(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private RtspMessage answer(String method, long dueNanos) throws IOException, RtspException {
    return answerIfAny(dueNanos)
        .orElseThrow(
            () ->
                new RtspException(
                    Reason.BROKEN, "the server hung up instead of answering " + method));
  }

  /** The answer to the last request, or empty at the end. Frames before it are passed over. */
  Optional<RtspMessage> answerIfAny(long dueNanos) throws IOException, RtspException {
    for (Wire.Unit unit = wire.next(dueNanos); ; unit = wire.next(dueNanos)) {
      if (unit == Wire.Unit.END) {
        return Optional.empty();
      }
      if (unit == Wire.Unit.MESSAGE) {
        RtspMessage message = wire.message();
        if (message.isAnswer() && isToLast(message)) {
          return Optional.of(message);
        }
        take(message, dueNanos);
      }
    }
  }

  /** An interim answer (1xx) is none, and one that bears no number can only be the one. */
  private boolean isToLast(RtspMessage message) {
    return message.status() >= 200 && message.sequence().orElse(sequence) == sequence;
  }

  /**
   * Takes a message that nobody waits for: an answer to a sign of life, or a request.
   *
   * @return whether the sign of life must be repeated, with another authorization
   */
  boolean take(RtspMessage message, long dueNanos) throws IOException, RtspException {
    if (message.isAnswer()) {
      return message.status() == UNAUTHORIZED && authentication.accept(message);
    }
    boolean known =
        message.method().equals("OPTIONS")
            || message.method().equals("GET_PARAMETER")
            || message.method().equals("SET_PARAMETER");
    StringBuilder text = new StringBuilder(128);
    text.append(VERSION).append(known ? " 200 OK" : " 501 Not Implemented").append("\r\n");
    append(text, "CSeq", message.header("CSeq"));
    if (!session.isEmpty()) {
      append(text, "Session", session);
    }
    wire.write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8), dueNanos);
    return false;
  }
}
