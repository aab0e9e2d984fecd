package dev.livedub.cli.dub;

import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.WorkerLauncher;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What the command needs from the other modules; filled in by the composition root.
 *
 * @param translators how each translator is made; bypass needs none and is always there
 * @param gemini what is known of the way to Gemini
 * @param metrics serves measurements
 * @param end frees what translators share, once the last of them is closed
 */
public record DubPorts(
    WorkerLauncher workers,
    Map<TranslatorKind, TranslatorFactory> translators,
    GeminiAccess gemini,
    MetricsStarter metrics,
    Runnable end) {

  /** Begins to serve measurements. */
  @FunctionalInterface
  public interface MetricsStarter {
    /**
     * Serves until closed.
     *
     * @throws IOException if the address cannot be had
     */
    Metrics start(String host, int port) throws IOException;
  }

  /** Measurements being served. */
  public interface Metrics extends AutoCloseable {
    /** The port served on. */
    int port();

    /** Where the measurements of one stream go. */
    MeterSink sinkOf(String streamId);

    @Override
    void close();
  }

  /** All translators this program has. */
  public List<TranslatorKind> available() {
    return List.of(TranslatorKind.values()).stream()
        .filter(kind -> kind == TranslatorKind.BYPASS || translators.containsKey(kind))
        .toList();
  }
}
