package dev.livedub.cli.config;

import dev.livedub.core.config.ConfigProblem;
import dev.livedub.core.config.Setting;
import dev.livedub.core.config.SettingLayer.Given;
import dev.livedub.core.config.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
 * A YAML file and everything that is found wrong with it. It is read as a tree of nodes and never
 * turned into objects, so that every problem can name its line and no text is reinterpreted on the
 * way: {@code target-lang: no} is Norwegian.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class YamlFile {

  private static final int MAX_BYTES = 1 << 20;

  private final String name;
  private final Optional<Node> root;
  private final List<ConfigProblem> problems = new ArrayList<>();

  private YamlFile(String name, String origin) {
    this.name = name;
    this.root = load(origin);
  }

  /**
   * Reads a file; what is wrong is on record.
   *
   * @param origin who named the file, for a person
   */
  public static YamlFile read(String name, String origin) {
    return new YamlFile(name, origin);
  }

  /** What is at the top; empty if nothing is, or the file cannot be read. */
  public Optional<Node> root() {
    return root;
  }

  /** Everything wrong that was found so far. */
  public List<ConfigProblem> problems() {
    return List.copyOf(problems);
  }

  /** Where a node is, for a person. */
  public String place(Node node) {
    return node.getStartMark().map(mark -> name + " line " + line(mark)).orElse(name);
  }

  /**
   * Goes through a mapping; a key that is there twice is on record and left out.
   *
   * @return whether it is a mapping, or nothing at all; otherwise that is on record
   */
  public boolean eachEntry(Node node, BiConsumer<ScalarNode, Node> use) {
    if (!(node instanceof MappingNode mapping)) {
      if (!isNothing(node)) {
        refuse("(file)", node, "keys with values");
      }
      return isNothing(node);
    }
    List<String> seen = new ArrayList<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        refuse("(file)", entry.getKeyNode(), "a plain word as key");
      } else if (seen.contains(key.getValue())) {
        refuse(key.getValue(), key, "each key once");
      } else {
        seen.add(key.getValue());
        use.accept(key, entry.getValueNode());
      }
    }
    return true;
  }

  /** Goes through a list. */
  public void eachItem(String key, Node node, Consumer<Node> use) {
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(use);
    } else if (!isNothing(node)) {
      refuse(key, node, "a list, each entry after a dash");
    }
  }

  /**
   * What is said about a setting; empty if it cannot be a value, which is then on record.
   *
   * @param path where in the file it stands, if its key does not say it; else empty
   */
  public Optional<Given> given(Setting<?> setting, String path, Node value) {
    List<Node> nodes =
        setting.kind() == Setting.Kind.LIST && value instanceof SequenceNode sequence
            ? sequence.getValue()
            : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Node node : nodes) {
      text(node).ifPresentOrElse(texts::add, () -> refuse(setting.key(), node, setting.expected()));
    }
    String origin = place(value) + (path.isEmpty() ? "" : ", " + path);
    return texts.size() == nodes.size() ? Optional.of(new Given(texts, origin)) : Optional.empty();
  }

  /** The text of a plain value; empty if it is none. */
  public Optional<String> text(Node node) {
    return node instanceof ScalarNode scalar && !isNothing(node)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** Puts a key on record that does not exist. */
  public void unknown(ScalarNode key, Collection<String> known) {
    refuse(key.getValue(), key, "a key that exists" + Suggestion.hint(key.getValue(), known));
  }

  /** Puts a problem on record, without the value. */
  public void refuse(String key, Node node, String expected) {
    problems.add(ConfigProblem.missing(key, place(node), expected));
  }

  /** Puts a problem on record. */
  public void refuse(String key, Node node, String value, String expected) {
    problems.add(new ConfigProblem(key, place(node), value, expected));
  }

  private static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private Optional<Node> load(String origin) {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return new Compose(LoadSettings.builder().build()).composeString(text);
      }
      unreadable(origin, "a file of at most 1 MiB");
    } catch (InvalidPathException e) {
      unreadable(origin, "a valid file name");
    } catch (NoSuchFileException e) {
      unreadable(origin, "a file that exists");
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> " at line " + line(mark)).orElse("");
      unreadable(origin, "valid YAML; " + e.getProblem() + place);
    } catch (YamlEngineException | IOException e) {
      unreadable(origin, "a readable YAML file; " + firstLine(e));
    }
    return Optional.empty();
  }

  private void unreadable(String origin, String expected) {
    problems.add(new ConfigProblem(ProcessSettings.CONFIG.key(), origin, name, expected));
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
