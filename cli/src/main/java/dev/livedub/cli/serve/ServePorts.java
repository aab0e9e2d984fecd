package dev.livedub.cli.serve;

import dev.livedub.cli.log.Logging;
import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.TranslatorKind;
import java.io.IOException;
import java.util.List;

/**
 * What the command needs from the other modules; filled in by the composition root.
 *
 * @param available translators this program has
 * @param gemini what is known of the way to Gemini
 * @param orchestrator what is run
 */
public record ServePorts(
    List<TranslatorKind> available, GeminiAccess gemini, Orchestrator orchestrator) {

  public ServePorts {
    available = List.copyOf(available);
  }

  /** Runs everything that is configured. */
  @FunctionalInterface
  public interface Orchestrator {
    /**
     * Serves until a signal asks for the end.
     *
     * @param logging the process's log, which is closed afterwards
     * @return the process's exit code
     * @throws ConfigException if something that was configured turns out not to be usable
     * @throws IOException if the address of the HTTP API cannot be had
     */
    int serve(ServeOptions options, Logging logging)
        throws IOException, ConfigException, InterruptedException;
  }
}
