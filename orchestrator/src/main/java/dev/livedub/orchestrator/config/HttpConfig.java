package dev.livedub.orchestrator.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the HTTP API is served.
 *
 * @param host address of this machine to listen on
 * @param port 0 for any free one
 * @param token what operators must show as bearer token; empty if nothing is asked of them
 * @param hookSecret what hooks must show; empty if nothing is asked of them
 * @param tls empty for plain HTTP
 */
public record HttpConfig(
    String host, int port, Optional<Secret> token, Optional<Secret> hookSecret, Optional<Tls> tls) {

  /** Files in PEM. */
  public record Tls(Path certificateChain, Path privateKey) {}
}
