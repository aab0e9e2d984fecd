package dev.livedub.gemini.transport;

import dev.livedub.core.log.MaskedUrl;
import java.util.Map;

/**
 * Where to connect, and with what.
 *
 * @param headers of the upgrade, by name; secret, so never shown
 */
public record ConnectRequest(String url, Map<String, String> headers) {

  public ConnectRequest {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "ConnectRequest[" + MaskedUrl.of(url) + ", " + headers.keySet() + "]";
  }
}
