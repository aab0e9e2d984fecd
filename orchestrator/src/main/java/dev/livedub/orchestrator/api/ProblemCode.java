package dev.livedub.orchestrator.api;

import java.util.Locale;

/** Every way in which a call can be refused, with the HTTP status that says so. */
public enum ProblemCode {
  BAD_REQUEST(400, "The request cannot be understood"),
  INVALID_JSON(400, "The body is not the JSON object that was expected"),
  INVALID_PATH(400, "The path is not that of an ingest"),
  INVALID_VALUE(400, "A value cannot be what it is"),
  UNAUTHORIZED(401, "The credentials are missing or wrong"),
  NOT_FOUND(404, "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "The method is not one of this resource"),
  REQUEST_TIMEOUT(408, "The request did not come in time"),
  CONFLICT(409, "The stream's state does not allow it"),
  BODY_TOO_LARGE(413, "The body is longer than 64 KiB"),
  URI_TOO_LONG(414, "The request line is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body is not of type application/json"),
  MAX_WORKERS(429, "There are as many workers as there may be"),
  TOO_MANY_LISTENERS(429, "There are as many listeners as there may be"),
  HEADERS_TOO_LARGE(431, "The headers are too long"),
  INTERNAL(500, "A fault of this program"),
  DRAINING(503, "The orchestrator is ending");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** One line for a person, the same for every problem of this code. */
  public String title() {
    return title;
  }

  /** The stable code as it is sent. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
