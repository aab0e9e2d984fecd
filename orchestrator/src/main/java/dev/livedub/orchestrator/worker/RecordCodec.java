package dev.livedub.orchestrator.worker;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON objects and reads them again, by their components, so that nothing that is
 * added to one of core's records is ever forgotten on the way. Knows texts, numbers, truth values,
 * enums, times, optional values, lists and further records; what else a record holds is the
 * caller's mistake.
 *
 * <p>Reading is strict: every component must be there once, nothing else may.
 *
 * <p><b>Threading:</b> none; one owner.
 */
final class RecordCodec {

  /** A record's components and what makes one of them. */
  private record Shape(List<RecordComponent> components, Constructor<?> constructor) {

    int indexOf(String name) {
      for (int i = 0; i < components.size(); i++) {
        if (components.get(i).getName().equals(name)) {
          return i;
        }
      }
      return -1;
    }
  }

  private final Map<Class<?>, Shape> shapes = new HashMap<>();

  /** Writes a value of a type. */
  void write(JsonGenerator json, Type type, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Optional<?> optional) {
      write(json, argumentOf(type), optional.orElse(null));
    } else if (value instanceof OptionalDouble optional) {
      write(json, double.class, optional.isPresent() ? optional.getAsDouble() : null);
    } else if (value instanceof OptionalLong optional) {
      write(json, long.class, optional.isPresent() ? optional.getAsLong() : null);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, argumentOf(type), element);
      }
      json.writeEndArray();
    } else if (value instanceof Record whole) {
      writeRecord(json, whole);
    } else {
      writeScalar(json, value);
    }
  }

  /** Reads a value of a type, from its first token to its last. */
  @Nullable Object read(JsonParser json, Type type) throws IOException, WireException {
    Class<?> raw = rawOf(type);
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return absent(raw);
    }
    if (raw == Optional.class) {
      return Optional.ofNullable(read(json, argumentOf(type)));
    }
    if (raw == OptionalDouble.class) {
      return OptionalDouble.of(number(json));
    }
    if (raw == OptionalLong.class) {
      return OptionalLong.of(integer(json));
    }
    if (raw == List.class) {
      return readList(json, argumentOf(type));
    }
    return raw.isRecord() ? readRecord(json, raw) : readScalar(json, raw);
  }

  /** What a type looks like on the wire, all the way down; two that differ cannot talk. */
  String describe(Type type) {
    Class<?> raw = rawOf(type);
    if (type instanceof ParameterizedType generic) {
      return raw.getSimpleName() + "<" + describe(generic.getActualTypeArguments()[0]) + ">";
    }
    if (raw.isEnum()) {
      return Arrays.toString(raw.getEnumConstants());
    }
    if (!raw.isRecord()) {
      return raw.getSimpleName();
    }
    StringBuilder text = new StringBuilder("{");
    for (RecordComponent component : raw.getRecordComponents()) {
      text.append(component.getName()).append(':');
      text.append(describe(component.getGenericType())).append(',');
    }
    return text.append('}').toString();
  }

  private void writeRecord(JsonGenerator json, Record whole) throws IOException {
    json.writeStartObject();
    for (RecordComponent component : shapeOf(whole.getClass()).components()) {
      json.writeFieldName(component.getName());
      write(json, component.getGenericType(), valueOf(component, whole));
    }
    json.writeEndObject();
  }

  private static @Nullable Object valueOf(RecordComponent component, Record whole) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(whole);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static void writeScalar(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Long || value instanceof Integer) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof Enum<?> constant) {
      json.writeString(constant.name());
    } else if (value instanceof String || value instanceof Duration || value instanceof Instant) {
      json.writeString(value.toString());
    } else {
      throw new IllegalArgumentException("cannot be sent: " + value.getClass());
    }
  }

  private Object readRecord(JsonParser json, Class<?> type) throws IOException, WireException {
    expect(json, JsonToken.START_OBJECT, type.getSimpleName());
    Shape shape = shapeOf(type);
    @Nullable Object[] values = new @Nullable Object[shape.components().size()];
    boolean[] seen = new boolean[values.length];
    while (json.nextToken() != JsonToken.END_OBJECT) {
      int index = shape.indexOf(json.currentName());
      if (index < 0 || seen[index]) {
        throw new WireException("a field too many in " + type.getSimpleName());
      }
      json.nextToken();
      seen[index] = true;
      values[index] = readComponent(json, shape.components().get(index));
    }
    for (boolean one : seen) {
      if (!one) {
        throw new WireException("a field too few in " + type.getSimpleName());
      }
    }
    return make(shape, type, values);
  }

  private @Nullable Object readComponent(JsonParser json, RecordComponent component)
      throws IOException, WireException {
    Object value = read(json, component.getGenericType());
    if (value == null && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      throw new WireException("nothing where " + component.getName() + " should be");
    }
    return value;
  }

  private static Object make(Shape shape, Class<?> type, @Nullable Object[] values)
      throws WireException {
    try {
      return shape.constructor().newInstance(values);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new WireException("values that " + type.getSimpleName() + " refuses");
    }
  }

  private List<Object> readList(JsonParser json, Type element) throws IOException, WireException {
    expect(json, JsonToken.START_ARRAY, "a list");
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Object value = read(json, element);
      if (value == null) {
        throw new WireException("nothing where an element should be");
      }
      list.add(value);
    }
    return list;
  }

  private static Object readScalar(JsonParser json, Class<?> raw)
      throws IOException, WireException {
    if (raw == boolean.class || raw == Boolean.class) {
      return truth(json);
    }
    if (raw == double.class || raw == Double.class) {
      return number(json);
    }
    if (raw == long.class || raw == Long.class) {
      return integer(json);
    }
    if (raw == int.class || raw == Integer.class) {
      return json.getIntValue();
    }
    expect(json, JsonToken.VALUE_STRING, raw.getSimpleName());
    return raw == String.class ? json.getText() : named(raw, json.getText());
  }

  private static Object named(Class<?> raw, String text) throws WireException {
    try {
      if (raw == Duration.class) {
        return Duration.parse(text);
      }
      if (raw == Instant.class) {
        return Instant.parse(text);
      }
    } catch (DateTimeException e) {
      throw new WireException("no " + raw.getSimpleName());
    }
    if (raw.isEnum()) {
      for (Object constant : raw.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(text)) {
          return constant;
        }
      }
      throw new WireException("no " + raw.getSimpleName());
    }
    throw new IllegalArgumentException("cannot be received: " + raw);
  }

  private static boolean truth(JsonParser json) throws WireException {
    if (json.currentToken().isBoolean()) {
      return json.currentToken() == JsonToken.VALUE_TRUE;
    }
    throw new WireException("no truth value");
  }

  /** A number; those that JSON does not know come as text. */
  private static double number(JsonParser json) throws IOException, WireException {
    if (json.currentToken().isNumeric()) {
      return json.getDoubleValue();
    }
    expect(json, JsonToken.VALUE_STRING, "a number");
    return switch (json.getText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new WireException("no number");
    };
  }

  private static long integer(JsonParser json) throws IOException, WireException {
    expect(json, JsonToken.VALUE_NUMBER_INT, "an integer");
    return json.getLongValue();
  }

  private static void expect(JsonParser json, JsonToken token, String what) throws WireException {
    if (json.currentToken() != token) {
      throw new WireException("something else where " + what + " should be");
    }
  }

  private static @Nullable Object absent(Class<?> raw) throws WireException {
    if (raw == Optional.class) {
      return Optional.empty();
    }
    if (raw == OptionalDouble.class) {
      return OptionalDouble.empty();
    }
    if (raw == OptionalLong.class) {
      return OptionalLong.empty();
    }
    return null;
  }

  private Shape shapeOf(Class<?> type) {
    return shapes.computeIfAbsent(type, RecordCodec::shape);
  }

  private static Shape shape(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new Shape(List.of(components), constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without its constructor: " + type, e);
    }
  }

  private static Class<?> rawOf(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  private static Type argumentOf(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }
}
