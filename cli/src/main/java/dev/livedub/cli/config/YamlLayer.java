package dev.livedub.cli.config;

import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.Setting;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingLayer.Given;
import dev.livedub.core.config.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Settings from the {@code defaults} section of a YAML file. The file is read as a tree of nodes
 * and never turned into objects, so that every problem can name its line and no text is
 * reinterpreted on the way: {@code target-lang: no} is Norwegian.
 *
 * <p><b>Threading:</b> one thread; used once.
 */
public final class YamlLayer {

  /** The section that holds settings of a dub. */
  public static final String SECTION = "defaults";

  /** Sections the file may have; the others belong to the orchestrator. */
  private static final List<String> SECTIONS =
      List.of("http", "mediamtx", "workers", SECTION, "streams");

  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private final Map<String, Setting<?>> settings;
  private final Map<String, Given> values = new HashMap<>();
  private final List<ConfigProblem> problems = new ArrayList<>();

  private YamlLayer(Path file, List<Setting<?>> settings) {
    this.file = file;
    this.settings = settings.stream().collect(Collectors.toMap(Setting::key, Function.identity()));
  }

  /**
   * What a file says about the settings.
   *
   * @param origin who named the file, for a person
   */
  public static SettingLayer read(Path file, String origin, List<Setting<?>> settings) {
    YamlLayer layer = new YamlLayer(file, settings);
    layer.load(origin);
    return new SettingLayer(layer.values, layer.problems);
  }

  private void load(String origin) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        unreadable(origin, "a file of at most 1 MiB");
        return;
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(text);
      root.ifPresent(this::readRoot);
    } catch (NoSuchFileException e) {
      unreadable(origin, "a file that exists");
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> " at line " + line(mark)).orElse("");
      unreadable(origin, "valid YAML; " + e.getProblem() + place);
    } catch (YamlEngineException | IOException e) {
      unreadable(origin, "a readable YAML file; " + firstLine(e));
    }
  }

  private void readRoot(Node root) {
    eachEntry(
        root,
        (key, value) -> {
          if (key.getValue().equals(SECTION)) {
            readSection(value);
          } else if (!SECTIONS.contains(key.getValue())) {
            unknown(key, SECTIONS);
          }
        });
  }

  private void readSection(Node section) {
    eachEntry(
        section,
        (key, value) -> {
          Setting<?> setting = settings.get(key.getValue());
          if (setting == null) {
            unknown(key, settings.keySet());
          } else {
            readValue(setting, value);
          }
        });
  }

  private void readValue(Setting<?> setting, Node value) {
    List<Node> nodes =
        setting.kind() == Setting.Kind.LIST && value instanceof SequenceNode sequence
            ? sequence.getValue()
            : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
        texts.add(scalar.getValue());
      } else {
        problems.add(ConfigProblem.missing(setting.key(), place(node), setting.expected()));
      }
    }
    if (texts.size() == nodes.size()) {
      values.put(setting.key(), new Given(texts, place(value)));
    }
  }

  private void eachEntry(Node node, BiConsumer<ScalarNode, Node> use) {
    if (!(node instanceof MappingNode mapping)) {
      if (!node.getTag().equals(Tag.NULL)) {
        problems.add(ConfigProblem.missing("(file)", place(node), "keys with values"));
      }
      return;
    }
    List<String> seen = new ArrayList<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        problems.add(
            ConfigProblem.missing("(file)", place(entry.getKeyNode()), "a plain word as key"));
      } else if (seen.contains(key.getValue())) {
        problems.add(ConfigProblem.missing(key.getValue(), place(key), "each key once"));
      } else {
        seen.add(key.getValue());
        use.accept(key, entry.getValueNode());
      }
    }
  }

  private void unknown(ScalarNode key, Collection<String> known) {
    problems.add(
        ConfigProblem.missing(
            key.getValue(),
            place(key),
            "a key that exists" + Suggestion.hint(key.getValue(), known)));
  }

  private void unreadable(String origin, String expected) {
    problems.add(
        new ConfigProblem(ProcessSettings.CONFIG.key(), origin, file.toString(), expected));
  }

  private String place(Node node) {
    return node.getStartMark().map(mark -> file + " line " + line(mark)).orElse(file.toString());
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
