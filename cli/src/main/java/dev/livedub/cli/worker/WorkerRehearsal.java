package dev.livedub.cli.worker;

import dev.livedub.cli.config.LogFormat;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.GeminiConfig;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.orchestrator.worker.Rehearsal;
import dev.livedub.testkit.clip.ClipGenerator;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.gemini.GeminiSim;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Dubs a few seconds of a made-up clip, with Gemini's simulator, the way a worker's process does:
 * whatever a worker loads is loaded then, and the JVM can archive it.
 *
 * <p><b>Threading:</b> the main thread.
 */
final class WorkerRehearsal {

  private static final Duration CLIP = Duration.ofSeconds(4);
  private static final Duration DELAY = Duration.ofSeconds(1);

  private final WorkerPorts ports;
  private final LogFormat format;

  WorkerRehearsal(WorkerPorts ports, LogFormat format) {
    this.ports = ports;
    this.format = format;
  }

  /** Plays it once; says with which code the process is to end. */
  int play() {
    try {
      Path dir = Files.createTempDirectory("livedub");
      try (GeminiSim sim = GeminiSim.start()) {
        Path clip = dir.resolve("in.mp4");
        ClipGenerator.write(ClipSpec.builder().markedSpeech().duration(CLIP).build(), clip);
        DubConfig config = config(clip, dir.resolve("out.flv"), sim.url());
        WorkerLog log = new WorkerLog(format, config.streamId(), OutputStream.nullOutputStream());
        ExitCode code = Rehearsal.play(dir.resolve("s"), config, ports.rehearsed(), log);
        log.finished(code);
        return code.code();
      } finally {
        delete(dir);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no room for a rehearsal", e);
    }
  }

  private static DubConfig config(Path input, Path output, String simulator) {
    DubConfig plain =
        DubConfig.builder(
                "rehearsal", input.toString(), List.of(output.toString()), TranslatorKind.GEMINI)
            .targetLang("es")
            .delay(DELAY)
            .build();
    GeminiConfig gemini =
        new GeminiConfig(
            Optional.of(simulator),
            GeminiConfig.DEFAULTS.model(),
            Optional.empty(),
            GeminiConfig.Budget.UNLIMITED,
            Optional.empty());
    return plain.with(gemini);
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
