package dev.livedub.orchestrator.config;

import dev.livedub.core.log.MaskedUrl;

/**
 * A destination elsewhere.
 *
 * @param name {@code [A-Za-z0-9_-]{1,32}}
 * @param url holds a stream key; never shown
 */
public record EgressTarget(String name, String url) {

  /** Its address with secrets masked. */
  public String shownUrl() {
    return MaskedUrl.of(url);
  }

  @Override
  public String toString() {
    return name + " " + shownUrl();
  }
}
