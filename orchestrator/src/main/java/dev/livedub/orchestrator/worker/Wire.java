package dev.livedub.orchestrator.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Messages as lines of JSON: an object with one field, named after the message.
 *
 * <p><b>Threading:</b> none; one owner.
 */
final class Wire {

  /** Most that a line may hold, its end included. */
  static final int MAX_LINE_BYTES = 256 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private final RecordCodec codec = new RecordCodec();
  private final Map<String, Class<?>> fromWorker = byName(WorkerMessage.class);
  private final Map<String, Class<?>> fromHost = byName(HostMessage.class);

  /** The protocol's version: the same only where all messages look the same. */
  String protocol() {
    CRC32 sum = new CRC32();
    fromWorker.values().forEach(type -> sum.update(described(type)));
    fromHost.values().forEach(type -> sum.update(described(type)));
    return "1-" + Long.toHexString(sum.getValue());
  }

  /** One line, with its end. */
  byte[] encode(Record message) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeFieldName(message.getClass().getSimpleName());
      codec.write(json, message.getClass(), message);
      json.writeEndObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    line.write('\n');
    return line.toByteArray();
  }

  /** Reads a line from a worker, without its end. */
  WorkerMessage fromWorker(byte[] line) throws WireException {
    return (WorkerMessage) decode(line, fromWorker);
  }

  /** Reads a line from an orchestrator, without its end. */
  HostMessage fromHost(byte[] line) throws WireException {
    return (HostMessage) decode(line, fromHost);
  }

  /** Reads a record that {@link #encode} wrote. */
  <T extends Record> T record(byte[] line, Class<T> type) throws WireException {
    return type.cast(decode(line, Map.of(type.getSimpleName(), type)));
  }

  private Object decode(byte[] line, Map<String, Class<?>> types) throws WireException {
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT || json.nextToken() != JsonToken.FIELD_NAME) {
        throw new WireException("no message");
      }
      Class<?> type = types.get(json.currentName());
      if (type == null) {
        throw new WireException("a message that nobody knows");
      }
      json.nextToken();
      Object message = codec.read(json, type);
      if (message == null || json.nextToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw new WireException("no end where a message should end");
      }
      return message;
    } catch (IOException e) {
      // Its message shows the text, which may hold a secret.
      throw new WireException("no JSON: " + e.getClass().getSimpleName());
    }
  }

  private byte[] described(Class<?> type) {
    return (type.getSimpleName() + codec.describe(type)).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Class<?>> byName(Class<?> direction) {
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (Class<?> type : direction.getPermittedSubclasses()) {
      types.put(type.getSimpleName(), type);
    }
    return types;
  }
}
