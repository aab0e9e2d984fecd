package dev.livedub.testkit.gemini.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a part of a message may be, as the service's protocol buffers have it: unknown names and
 * values of a wrong type are refused in the service's words. Names may be written in camel case or
 * with underscores.
 */
sealed interface Shape {

  /** Anything at all: taken, and ignored. */
  record Anything() implements Shape {}

  /** A value of a type. */
  record Scalar(Class<?> type, String typeName) implements Shape {}

  /** Any number of values. */
  record Repeated(Shape element) implements Shape {}

  /** Fields by their names in camel case. */
  record Message(Map<String, Shape> fields) implements Shape {}

  /** A message of so many fields: name, shape, name, shape … */
  static Shape message(Object... namesAndShapes) {
    Map<String, Shape> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndShapes.length; i += 2) {
      fields.put((String) namesAndShapes[i], (Shape) namesAndShapes[i + 1]);
    }
    return new Message(fields);
  }

  /**
   * Checks a value.
   *
   * @param path where it stands, as the service writes it; empty at the top
   * @return the value with all names in camel case
   * @throws Refusal if it does not fit
   */
  default Object check(Object value, String path) throws Refusal {
    if (this instanceof Scalar scalar) {
      return scalar.type().isInstance(value) ? value : refuse(value, path, scalar.typeName());
    }
    if (this instanceof Repeated repeated) {
      return elements(repeated, value, path);
    }
    if (this instanceof Message message) {
      return value instanceof Map<?, ?> map
          ? fields(message, Json.object(map), path)
          : refuse(value, path, "TYPE_MESSAGE");
    }
    return value;
  }

  private static Object elements(Repeated repeated, Object value, String path) throws Refusal {
    List<Object> checked = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        checked.add(repeated.element().check(list.get(i), path + "[" + i + "]"));
      }
    } else {
      checked.add(repeated.element().check(value, path));
    }
    return checked;
  }

  private static Object fields(Message message, Map<String, Object> map, String path)
      throws Refusal {
    Map<String, Object> checked = new LinkedHashMap<>();
    for (Map.Entry<String, Object> field : map.entrySet()) {
      String name = camelCase(field.getKey());
      Shape shape = message.fields().get(name);
      if (shape == null) {
        String where = path.isEmpty() ? "" : " at '" + path + "'";
        throw new Refusal(
            Refusal.INVALID,
            "Invalid JSON payload received. Unknown name \""
                + field.getKey()
                + "\""
                + where
                + ": Cannot find field.");
      }
      String below = path.isEmpty() ? snakeCase(name) : path + "." + snakeCase(name);
      checked.put(name, shape.check(field.getValue(), below));
    }
    return checked;
  }

  private static Object refuse(Object value, String path, String typeName) throws Refusal {
    throw new Refusal(
        Refusal.INVALID,
        "Invalid value at '" + path + "' (" + typeName + "), " + Json.write(value));
  }

  private static String camelCase(String name) {
    return Pattern.compile("_([a-z0-9])")
        .matcher(name)
        .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
