package dev.livedub.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.api.StreamChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads what an operator wants changed: {@code targetLang}, {@code muted}, {@code bypass}, {@code
 * duckDb}, and {@code egress} as an object of names and whether each is on. Everything that is
 * wrong is said at once; unknown fields are wrong.
 */
final class ChangeBody {

  /** Gain of the original under the dub that can be asked for, in dB. */
  static final double MIN_DUCK_DB = -60;

  static final double MAX_DUCK_DB = 0;

  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}");
  private static final Pattern EGRESS_NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final int MAX_PROBLEMS = 8;
  private static final int MAX_SHOWN_CHARS = 40;

  private final List<String> problems = new ArrayList<>();
  private final Map<String, Boolean> egress = new TreeMap<>();
  private Optional<String> targetLang = Optional.empty();
  private Optional<Boolean> muted = Optional.empty();
  private Optional<Boolean> bypass = Optional.empty();
  private OptionalDouble duckDb = OptionalDouble.empty();

  private ChangeBody() {}

  /** The change that a body asks for. */
  static StreamChange read(ObjectNode body) throws ApiException {
    ChangeBody change = new ChangeBody();
    body.properties().forEach(field -> change.take(field.getKey(), field.getValue()));
    return change.result();
  }

  private StreamChange result() throws ApiException {
    LiveChange live = new LiveChange(targetLang, muted, bypass, duckDb);
    if (problems.isEmpty() && live.isEmpty() && egress.isEmpty()) {
      problems.add("nothing is to be changed");
    }
    if (!problems.isEmpty()) {
      String all = String.join("; ", problems.subList(0, Math.min(MAX_PROBLEMS, problems.size())));
      throw new ApiException(ProblemCode.INVALID_VALUE, all);
    }
    return new StreamChange(live, egress);
  }

  private void take(String name, JsonNode value) {
    switch (name) {
      case "targetLang" -> takeLanguage(value);
      case "muted" -> muted = truth(name, value);
      case "bypass" -> bypass = truth(name, value);
      case "duckDb" -> takeGain(value);
      case "egress" -> takeEgress(value);
      default -> problems.add('"' + shown(name) + "\" is not a field of a change");
    }
  }

  private void takeLanguage(JsonNode value) {
    if (value.isTextual() && LANGUAGE.matcher(value.textValue()).matches()) {
      targetLang = Optional.of(value.textValue());
    } else {
      problems.add("\"targetLang\" is not a language tag such as \"es\" or \"pt-BR\"");
    }
  }

  private void takeGain(JsonNode value) {
    double gainDb = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (gainDb >= MIN_DUCK_DB && gainDb <= MAX_DUCK_DB) {
      duckDb = OptionalDouble.of(gainDb);
    } else {
      problems.add("\"duckDb\" is not a number from -60 to 0");
    }
  }

  private void takeEgress(JsonNode value) {
    if (!value.isObject() || value.isEmpty()) {
      problems.add("\"egress\" is not an object such as {\"youtube\": false}");
      return;
    }
    value.properties().forEach(field -> takeEgress(field.getKey(), field.getValue()));
  }

  private void takeEgress(String name, JsonNode value) {
    if (EGRESS_NAME.matcher(name).matches()) {
      truth("egress." + name, value).ifPresent(on -> egress.put(name, on));
    } else {
      problems.add('"' + shown(name) + "\" is not a destination's name");
    }
  }

  private Optional<Boolean> truth(String name, JsonNode value) {
    if (value.isBoolean()) {
      return Optional.of(value.booleanValue());
    }
    problems.add('"' + name + "\" is not true or false");
    return Optional.empty();
  }

  private static String shown(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= MAX_SHOWN_CHARS ? plain : plain.substring(0, MAX_SHOWN_CHARS) + "…";
  }
}
