package dev.livedub.cli.config;

import dev.livedub.core.config.Setting;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A section of the file that holds settings.
 *
 * @param name its key at the top of the file
 * @param settings by their key within the section, which may be shorter than the setting's own
 * @param elsewhere keys that another command finds in a section of this name
 */
public record FileSection(
    String name, Map<String, Setting<?>> settings, Collection<String> elsewhere) {

  public FileSection {
    settings = new LinkedHashMap<>(settings);
    elsewhere = List.copyOf(elsewhere);
  }

  /** A section in which every setting has its own key. */
  public static FileSection of(String name, Collection<Setting<?>> settings) {
    Map<String, Setting<?>> byKey =
        settings.stream().collect(Collectors.toMap(Setting::key, Function.identity()));
    return new FileSection(name, byKey, List.of());
  }

  /** This section, with keys that are another command's and are refused by that word. */
  public FileSection withElsewhere(Collection<Setting<?>> others) {
    List<String> keys =
        others.stream().map(Setting::key).filter(key -> !settings.containsKey(key)).toList();
    return new FileSection(name, settings, keys);
  }
}
