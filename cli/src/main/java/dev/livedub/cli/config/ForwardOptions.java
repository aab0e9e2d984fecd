package dev.livedub.cli.config;

import dev.livedub.core.config.ConfigException;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.DubSettings;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Everything one run of the command {@code forward} was asked to do, checked.
 *
 * @param worker the worker that does it
 * @param metricsPort where metrics are served; empty if they are not
 * @param metricsAddr host they are served on
 */
public record ForwardOptions(
    DubConfig worker, OptionalInt metricsPort, String metricsAddr, LogFormat logFormat) {

  /** Sections that are not looked at. */
  private static final List<String> OTHERS =
      List.of("http", "mediamtx", "workers", "streams", YamlLayer.DEFAULTS);

  private static final Pattern DUB_PATH =
      Pattern.compile("://[^/]+/live/([A-Za-z0-9_-]{1,64})/out(?:[?#]|$)");

  /**
   * Puts flags, environment, file and defaults together, the first that speaks wins.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static ForwardOptions resolve(SettingLayer flags, Map<String, String> environment)
      throws ConfigException {
    SettingLayer variables = EnvironmentLayer.read(environment, ForwardSettings.variables());
    SettingLayer file = file(flags, variables);
    SettingResolver from = new SettingResolver(List.of(flags, variables, file));
    Optional<String> input = input(from);
    List<String> outputs = outputs(from);
    DubSettings.checkDistinct(from, input, outputs);
    OutputPreflight.check(from, ForwardSettings.OUTPUT);
    Optional<Duration> readyTimeout = from.findOrDefault(DubSettings.READY_TIMEOUT);
    Optional<Duration> reconnectTimeout = from.findOrDefault(DubSettings.RECONNECT_TIMEOUT);
    Optional<String> streamId = from.find(ForwardSettings.STREAM_ID);
    Optional<Integer> metricsPort = from.find(ProcessSettings.METRICS_PORT);
    Optional<String> metricsAddr = from.findOrDefault(ProcessSettings.METRICS_ADDR);
    Optional<LogFormat> logFormat = from.findOrDefault(ProcessSettings.LOG_FORMAT);
    from.throwIfWrong();
    DubConfig worker =
        DubConfig.forwarding(
            streamId.orElseGet(() -> streamIdOf(input.orElseThrow())),
            input.orElseThrow(),
            outputs,
            readyTimeout.orElseThrow(),
            reconnectTimeout.orElseThrow());
    return new ForwardOptions(
        worker,
        metricsPort.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        metricsAddr.orElseThrow(),
        logFormat.orElseThrow());
  }

  private static SettingLayer file(SettingLayer flags, SettingLayer variables) {
    FileSection own = FileSection.of(YamlLayer.FORWARD, ForwardSettings.inFile());
    Map<String, Consumer<Node>> others =
        OTHERS.stream().collect(Collectors.toMap(Function.identity(), name -> node -> {}));
    return YamlLayer.named(flags, variables)
        .map(file -> YamlLayer.read(file, List.of(own), others))
        .orElse(SettingLayer.EMPTY);
  }

  private static Optional<String> input(SettingResolver from) {
    if (from.given(ForwardSettings.INPUT).isEmpty()) {
      from.add(ForwardSettings.INPUT, "", ForwardSettings.INPUT.expected());
    }
    return from.find(ForwardSettings.INPUT);
  }

  private static List<String> outputs(SettingResolver from) {
    List<String> outputs = new ArrayList<>(from.findAll(ForwardSettings.OUTPUT));
    from.findAll(ForwardSettings.OUTPUT_FILE)
        .forEach(file -> outputs.addAll(OutputFile.read(file, from)));
    boolean given =
        from.given(ForwardSettings.OUTPUT).isPresent()
            || from.given(ForwardSettings.OUTPUT_FILE).isPresent();
    if (!given) {
      from.add(ForwardSettings.OUTPUT, "", ForwardSettings.OUTPUT.expected());
    }
    return outputs;
  }

  /** The name that MediaMTX's path gives a stream: {@code live/<id>/out}. */
  private static String streamIdOf(String input) {
    Matcher matcher = DUB_PATH.matcher(input);
    return matcher.find() ? matcher.group(1) : "forward";
  }
}
