package dev.livedub.cli.config;

import dev.livedub.core.config.Setting;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingLayer.Given;
import dev.livedub.core.config.SettingResolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Settings from the sections of a YAML file.
 *
 * <p><b>Threading:</b> one thread; used once.
 */
public final class YamlLayer {

  /** The section that holds settings of a dub. */
  public static final String DEFAULTS = "defaults";

  /** The section that holds settings of a forwarder. */
  public static final String FORWARD = "forward";

  private final YamlFile file;
  private final Map<String, Given> values = new HashMap<>();

  private YamlLayer(YamlFile file) {
    this.file = file;
  }

  /** The file that flags or variables name, read; empty if none is named. */
  public static Optional<YamlFile> named(SettingLayer flags, SettingLayer variables) {
    return new SettingResolver(List.of(flags, variables))
        .given(ProcessSettings.CONFIG)
        .map(given -> YamlFile.read(given.texts().get(0), given.origin()));
  }

  /**
   * What a file says about settings, and everything that is wrong with it.
   *
   * @param others sections that hold something else, with what is done with each
   */
  public static SettingLayer read(
      YamlFile file, List<FileSection> sections, Map<String, Consumer<Node>> others) {
    YamlLayer layer = new YamlLayer(file);
    file.root().ifPresent(root -> layer.readRoot(root, sections, others));
    return new SettingLayer(layer.values, file.problems());
  }

  private void readRoot(Node root, List<FileSection> sections, Map<String, Consumer<Node>> others) {
    file.eachEntry(
        root,
        (key, value) -> {
          String name = key.getValue();
          Optional<FileSection> section =
              sections.stream().filter(each -> each.name().equals(name)).findFirst();
          Consumer<Node> other = others.get(name);
          if (section.isPresent()) {
            readSection(section.get(), value);
          } else if (other != null) {
            other.accept(value);
          } else {
            List<String> known = new ArrayList<>(others.keySet());
            sections.forEach(each -> known.add(each.name()));
            file.unknown(key, known);
          }
        });
  }

  private void readSection(FileSection section, Node node) {
    file.eachEntry(node, (key, value) -> readSetting(file, section, key, value, values));
  }

  /** Puts what is said about one setting where it belongs; a key that does not exist is refused. */
  public static void readSetting(
      YamlFile file, FileSection section, ScalarNode key, Node value, Map<String, Given> values) {
    String word = key.getValue();
    Setting<?> setting = section.settings().get(word);
    if (setting != null) {
      String path = setting.key().equals(word) ? "" : section.name() + "." + word;
      file.given(setting, path, value).ifPresent(given -> values.put(setting.key(), given));
    } else if (section.elsewhere().contains(word)) {
      file.refuse(word, key, "a key of this command; " + word + " is one of livedub dub");
    } else {
      file.unknown(key, section.settings().keySet());
    }
  }
}
