package dev.livedub.cli.serve;

import dev.livedub.cli.config.FileSection;
import dev.livedub.cli.config.ProcessSettings;
import dev.livedub.cli.config.YamlFile;
import dev.livedub.cli.config.YamlLayer;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingLayer.Given;
import dev.livedub.orchestrator.config.EgressTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads the section {@code streams}: rules for streams, the first that matches counts.
 *
 * <p><b>Threading:</b> one thread; used once.
 */
final class StreamRulesReader {

  /** The section's name. */
  static final String SECTION = "streams";

  private static final String MATCH = "match";
  private static final String EGRESS = "egress";

  private static final Glob EVERY = new Glob("*");

  private static final FileSection SETTINGS =
      FileSection.of(SECTION, ServeSettings.ofStreams()).withElsewhere(ProcessSettings.inFile());

  private final YamlFile file;
  private final EgressReader egress;
  private final Set<Glob> matches = new HashSet<>();
  private final List<StreamRule> rules = new ArrayList<>();

  /**
   * A reader.
   *
   * @param warnings takes what is not wrong but should be looked at
   */
  StreamRulesReader(YamlFile file, List<String> warnings) {
    this.file = file;
    this.egress = new EgressReader(file, warnings);
  }

  /** Reads the section; what is wrong is on the file's record. */
  void read(Node section) {
    file.eachItem(SECTION, section, this::readRule);
  }

  /** The rules, in the order of the file; of use if nothing is on record. */
  List<StreamRule> rules() {
    return List.copyOf(rules);
  }

  private void readRule(Node node) {
    RuleParts parts = new RuleParts();
    boolean hasKeys = file.eachEntry(node, (key, value) -> readPart(parts, key, value));
    if (hasKeys && parts.match.isEmpty()) {
      file.refuse(MATCH, node, Glob.EXPECTED);
    }
    SettingLayer settings = new SettingLayer(parts.values, List.of());
    rules.add(new StreamRule(parts.match.orElse(EVERY), settings, parts.egress));
  }

  private void readPart(RuleParts parts, ScalarNode key, Node value) {
    String word = key.getValue();
    if (word.equals(MATCH)) {
      parts.match = Optional.of(readMatch(value));
    } else if (word.equals(EGRESS)) {
      parts.egress = egress.read(value);
    } else if (SETTINGS.settings().containsKey(word) || SETTINGS.elsewhere().contains(word)) {
      YamlLayer.readSetting(file, SETTINGS, key, value, parts.values);
    } else {
      List<String> known = new ArrayList<>(SETTINGS.settings().keySet());
      known.addAll(List.of(MATCH, EGRESS));
      file.unknown(key, known);
    }
  }

  /** The pattern; where it is wrong, which is then on record, one that does no harm. */
  private Glob readMatch(Node value) {
    String text = file.text(value).orElse("").strip();
    try {
      Glob match = Glob.parse(text);
      if (!matches.add(match)) {
        file.refuse(MATCH, value, text, "each pattern once: the first that matches counts");
      }
      return match;
    } catch (BadValueException e) {
      file.refuse(MATCH, value, text, e.expected());
      return EVERY;
    }
  }

  /** A rule while it is read. */
  private static final class RuleParts {
    private Optional<Glob> match = Optional.empty();
    private List<EgressTarget> egress = List.of();
    private final Map<String, Given> values = new HashMap<>();
  }
}
