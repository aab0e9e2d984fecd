package dev.livedub.media.flv;

import java.io.IOException;

/** Media that FLV has no place for, or that cannot be read. */
public final class FlvException extends IOException {

  private static final long serialVersionUID = 1;

  FlvException(String message) {
    super(message);
  }
}
