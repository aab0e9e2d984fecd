package dev.livedub.cli.serve;

import dev.livedub.cli.config.YamlFile;
import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.MediaAddress;
import dev.livedub.core.log.MaskedUrl;
import dev.livedub.orchestrator.config.EgressTarget;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a rule's {@code egress}: destinations elsewhere. Their addresses hold stream keys and are
 * not shown, not even where they are wrong.
 *
 * <p><b>Threading:</b> one thread.
 */
final class EgressReader {

  private static final String NAME = "name";
  private static final String URL = "url";
  private static final String URL_FILE = "url-file";
  private static final List<String> KEYS = List.of(NAME, URL, URL_FILE);

  private static final Pattern NAME_FORM = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final String NAME_EXPECTED = "1 to 32 letters, digits, _ or -";
  private static final String URL_EXPECTED = "an rtmp, rtmps, rtsp or srt address with a host";

  private final YamlFile file;
  private final List<String> warnings;

  EgressReader(YamlFile file, List<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  /** The destinations that are right; what is wrong is on the file's record. */
  List<EgressTarget> read(Node list) {
    List<EgressTarget> targets = new ArrayList<>();
    file.eachItem(
        "egress", list, node -> readTarget(node, targets).ifPresent(target -> targets.add(target)));
    return targets;
  }

  private Optional<EgressTarget> readTarget(Node node, List<EgressTarget> others) {
    Map<String, Node> values = new LinkedHashMap<>();
    file.eachEntry(
        node,
        (key, value) -> {
          if (KEYS.contains(key.getValue())) {
            values.put(key.getValue(), value);
          } else {
            file.unknown(key, KEYS);
          }
        });
    Optional<String> name = name(node, Optional.ofNullable(values.get(NAME)), others);
    Optional<String> url = url(node, values);
    return name.flatMap(known -> url.map(address -> new EgressTarget(known, address)));
  }

  private Optional<String> name(Node target, Optional<Node> value, List<EgressTarget> others) {
    String text = value.flatMap(file::text).orElse("");
    if (!NAME_FORM.matcher(text).matches()) {
      file.refuse(NAME, value.orElse(target), text, NAME_EXPECTED);
    } else if (others.stream().anyMatch(other -> other.name().equals(text))) {
      file.refuse(NAME, value.orElse(target), text, "each name once");
    } else {
      return Optional.of(text);
    }
    return Optional.empty();
  }

  private Optional<String> url(Node target, Map<String, Node> values) {
    Node url = values.get(URL);
    Node fileName = values.get(URL_FILE);
    if ((url == null) == (fileName == null)) {
      file.refuse("egress", target, "either url-file or url");
      return Optional.empty();
    }
    return url != null ? plainUrl(url) : fileName != null ? fileUrl(fileName) : Optional.empty();
  }

  private Optional<String> plainUrl(Node value) {
    try {
      return Optional.of(address(file.text(value).orElse("").strip()));
    } catch (BadValueException e) {
      file.refuse(URL, value, MaskedUrl.MASK, e.expected());
      return Optional.empty();
    }
  }

  private Optional<String> fileUrl(Node value) {
    String name = file.text(value).orElse("").strip();
    try {
      Path path = Path.of(name);
      String text = SecretFile.read(path);
      warnIfOpen(path);
      return Optional.of(address(text));
    } catch (InvalidPathException e) {
      file.refuse(URL_FILE, value, name, "a valid file name");
    } catch (BadValueException e) {
      boolean ofContent = e.expected().equals(URL_EXPECTED);
      file.refuse(URL_FILE, value, name, ofContent ? "a file with " + e.expected() : e.expected());
    }
    return Optional.empty();
  }

  private void warnIfOpen(Path path) {
    if (SecretFile.isOpenToAll(path)) {
      warnings.add(SecretFile.openWarning(URL_FILE, path));
    }
  }

  private static String address(String text) {
    try {
      if (MediaAddress.filePath(text).isEmpty()) {
        return MediaAddress.output(text);
      }
    } catch (BadValueException e) {
      // Said below: here, a file cannot be the answer.
    }
    throw new BadValueException(URL_EXPECTED);
  }
}
