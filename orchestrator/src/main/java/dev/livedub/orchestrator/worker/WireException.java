package dev.livedub.orchestrator.worker;

/**
 * Says that what came is not a message of this protocol. The message names what is wrong with it
 * and holds none of its values, which may be secret.
 */
final class WireException extends Exception {

  WireException(String message) {
    super(message);
  }
}
