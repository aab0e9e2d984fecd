package dev.livedub.gemini.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Puts what OkHttp reports into words. */
final class Failures {

  private static final long MAX_BODY_BYTES = 4_096;

  private Failures() {}

  /**
   * What happened.
   *
   * @param response the answer to the upgrade, if it was not the one hoped for
   */
  static ConnectionFailure describe(Throwable failure, @Nullable Response response) {
    return response == null || response.code() == 101
        ? new ConnectionFailure(ConnectionFailure.NO_STATUS, words(failure))
        : new ConnectionFailure(response.code(), words(response));
  }

  private static String words(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof UnknownHostException) {
      return "no address for the service's name: " + message;
    }
    if (failure instanceof SSLException) {
      return "TLS: " + message;
    }
    if (failure instanceof EOFException) {
      return "the connection ended without a close frame";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : message;
  }

  private static String words(Response response) {
    String body = start(response);
    String status = "HTTP " + response.code() + " " + response.message();
    return body.isBlank() ? status.strip() : status.strip() + ": " + body.strip();
  }

  /** The beginning of the answer's text; empty if it cannot be read in time. */
  private static String start(Response response) {
    ResponseBody body = response.body();
    if (body == null) {
      return "";
    }
    try {
      body.source().request(MAX_BODY_BYTES);
      long sizeBytes = Math.min(MAX_BODY_BYTES, body.source().getBuffer().size());
      return body.source().readString(sizeBytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
