package dev.livedub.cli;

import dev.livedub.cli.completion.CompletionCommand;
import dev.livedub.cli.dub.DubCommand;
import dev.livedub.cli.dub.DubPorts;
import dev.livedub.cli.forward.ForwardCommand;
import dev.livedub.cli.forward.ForwardPorts;
import dev.livedub.core.caption.Caption;
import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.PassthroughTranslator;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.LiveSettings;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The real command line around a worker that ends at once as it is told. */
public final class TestCommandLine {

  public final Map<String, String> environment = new HashMap<>();
  public ExitCode exit = ExitCode.CLEAN;
  public @Nullable RuntimeException failure;
  public final List<Caption> captions = new ArrayList<>();
  public final Map<TranslatorKind, TranslatorFactory> translators =
      new EnumMap<>(
          Map.of(
              TranslatorKind.PASSTHROUGH, (asked, meters) -> new PassthroughTranslator(),
              TranslatorKind.TONE, (asked, meters) -> new ToneTranslator()));
  public @Nullable IOException metricsFailure;
  public boolean metricsClosed;
  public final Map<String, Long> measured = new ConcurrentHashMap<>();
  public WorkerStatus status = idle();
  public boolean ended;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private @Nullable DubConfig config;

  /** Runs one command in this JVM. */
  public int run(String... words) {
    DubPorts ports =
        new DubPorts(
            (asked, translator, meters, listener) -> worker(asked, listener),
            translators,
            gemini(),
            (host, port) -> metrics(),
            () -> ended = true);
    PrintStream output = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    ForwardPorts forwarding = new ForwardPorts(ports.workers(), (host, port) -> metrics());
    return CommandTree.of(
            List.of(
                new DubCommand(ports, environment, errors).spec(),
                new ForwardCommand(forwarding, environment, errors).spec(),
                new CompletionCommand(output, errors).spec()),
            output,
            errors)
        .execute(words);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** What the last worker was given. */
  public DubConfig config() {
    if (config == null) {
      throw new IllegalStateException("no worker was made: " + err());
    }
    return config;
  }

  /** A worker that has not read anything yet. */
  public static WorkerStatus idle() {
    return new WorkerStatus(
        WorkerStatus.State.STARTING,
        "",
        0,
        0,
        0,
        0,
        0,
        0,
        OptionalDouble.empty(),
        SlotCounts.ZERO,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        new LiveSettings(Optional.empty(), false, false, -18),
        List.of());
  }

  private GeminiAccess gemini() {
    boolean hasKey = environment.containsKey("GEMINI_API_KEY");
    return new GeminiAccess(
        hasKey ? Optional.empty() : Optional.of("a key"), TestCommandLine::language);
  }

  private static String language(String tag) {
    if (tag.equals("xx")) {
      throw new BadValueException("a language there is");
    }
    return tag.replace("-US", "");
  }

  private Worker worker(DubConfig asked, CaptionListener listener) {
    config = asked;
    captions.forEach(listener::onCaption);
    if (failure != null) {
      throw failure;
    }
    return new Worker() {
      @Override
      public WorkerExit run() {
        return new WorkerExit(exit, "told to end");
      }

      @Override
      public void stop(String reason) {}

      @Override
      public void change(LiveChange change) {}

      @Override
      public WorkerStatus status() {
        return status;
      }
    };
  }

  private ForwardPorts.Metrics metrics() throws IOException {
    if (metricsFailure != null) {
      throw metricsFailure;
    }
    return new ForwardPorts.Metrics() {
      @Override
      public int port() {
        return 4711;
      }

      @Override
      public MeterSink sinkOf(String streamId) {
        return MeterSink.NONE;
      }

      @Override
      public ForwardPorts.Destination destinationOf(String streamId, String name) {
        return new ForwardPorts.Destination() {
          @Override
          public void forwarding(boolean isForwarding) {
            measured.put(streamId + " " + name + " forwarding", isForwarding ? 1L : 0L);
          }

          @Override
          public void reconnected(long times) {
            measured.merge(streamId + " " + name + " reconnected", times, Long::sum);
          }

          @Override
          public void wrote(long bytes) {
            measured.merge(streamId + " " + name + " wrote", bytes, Long::sum);
          }
        };
      }

      @Override
      public void close() {
        metricsClosed = true;
      }
    };
  }
}
