package dev.livedub.cli.demo;

import java.util.Optional;

/** A demonstration that could not be brought to its end. */
final class DemoException extends Exception {

  DemoException(String message) {
    super(message);
  }

  DemoException(String message, Optional<? extends Exception> cause) {
    super(message, cause.orElse(null));
  }
}
