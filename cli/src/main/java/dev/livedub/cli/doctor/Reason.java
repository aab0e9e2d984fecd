package dev.livedub.cli.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** Says why something failed, to a person. */
final class Reason {

  private Reason() {}

  /** A few words, without the name of a class. */
  static String of(IOException failure) {
    if (failure instanceof UnknownHostException
        || causedBy(failure, UnresolvedAddressException.class)) {
      return "no such host";
    }
    if (failure instanceof HttpTimeoutException || failure instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    String message = failure.getMessage();
    if (failure instanceof ConnectException && message == null) {
      return "connection refused";
    }
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static boolean causedBy(Throwable failure, Class<? extends Throwable> kind) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
