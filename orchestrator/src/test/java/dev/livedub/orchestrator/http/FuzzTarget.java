package dev.livedub.orchestrator.http;

import dev.livedub.orchestrator.api.StreamState;
import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.Secret;
import dev.livedub.orchestrator.metrics.Measurements;
import java.util.Optional;

/**
 * The API with fake streams behind it, for a fuzzer: {@code FuzzTarget [TOKEN]}. Prints its port,
 * and ends with its standard input. Nothing can be listened to, since a fuzzer waits for the end of
 * an answer.
 */
final class FuzzTarget {

  private FuzzTarget() {}

  /** Serves until the standard input ends. */
  public static void main(String[] arguments) throws Exception {
    FakeStreams streams = new FakeStreams();
    streams.watchable = false;
    streams.tell(FakeStreams.view("a", StreamState.RUNNING, "run-1"));
    streams.tell(FakeStreams.view("idle", StreamState.IDLE, ""));
    Optional<Secret> secret =
        arguments.length == 0 ? Optional.empty() : Optional.of(new Secret(arguments[0]));
    HttpConfig config = new HttpConfig("127.0.0.1", 0, secret, secret, Optional.empty());
    try (Measurements measurements = new Measurements();
        HttpServer server = HttpServer.start(config, streams, measurements)) {
      System.out.println(server.port());
      while (System.in.read() >= 0) {
        // until whoever started this ends it
      }
    }
  }
}
