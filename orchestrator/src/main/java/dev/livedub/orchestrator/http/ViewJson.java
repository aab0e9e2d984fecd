package dev.livedub.orchestrator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livedub.core.caption.Caption;
import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.api.HookAnswer;
import dev.livedub.orchestrator.api.StreamView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the API says as JSON: names in camelCase with their units, states by their names in
 * the code, instants in RFC 3339, what is not known as null. Never a number that JSON does not
 * know.
 *
 * <p><b>Threading:</b> any thread.
 */
final class ViewJson {

  private static final List<String> BREAKER_WORDS = List.of("closed", "half-open", "open");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectMapper mapper = new ObjectMapper();

  /** A node as it is sent. */
  byte[] bytes(JsonNode node) {
    return text(node).getBytes(StandardCharsets.UTF_8);
  }

  /** A node as it is sent, in one line. */
  String text(JsonNode node) {
    try {
      return mapper.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** All streams. */
  static ObjectNode views(List<StreamView> views) {
    ObjectNode node = NODES.objectNode();
    ArrayNode all = node.putArray("streams");
    views.forEach(view -> all.add(view(view)));
    return node;
  }

  /** What a hook is told. */
  static ObjectNode hook(HookAnswer answer) {
    ObjectNode node = NODES.objectNode();
    node.put("requestId", answer.requestId());
    node.put("streamId", answer.streamId());
    node.put("runId", orNull(answer.runId()));
    node.put("state", answer.state().name());
    return node;
  }

  /** A sentence of a transcript. */
  static ObjectNode caption(Caption caption) {
    ObjectNode node = NODES.objectNode();
    node.put("side", caption.side().name());
    node.put("text", caption.text());
    node.put("languageTag", caption.languageTag());
    node.put("startMillis", caption.startMicros() / 1_000);
    node.put("endMillis", caption.endMicros() / 1_000);
    return node;
  }

  /** A stream. */
  static ObjectNode view(StreamView view) {
    ObjectNode node = NODES.objectNode();
    node.put("streamId", view.streamId());
    node.put("state", view.state().name());
    node.put("since", view.since().toString());
    node.put("reason", view.reason());
    node.put("runId", orNull(view.runId()));
    node.put("sourceType", orNull(view.sourceType()));
    node.put("translator", view.translator());
    node.put("targetLang", view.live().targetLang().orElse(null));
    node.put("muted", view.live().muted());
    node.put("bypass", view.live().bypass());
    number(node, "duckDb", view.live().duckDb());
    node.put("delayMillis", view.delay().toMillis());
    number(node, "dubLagMillis", view.dubLagMillis());
    number(
        node,
        "avSyncDeltaMillis",
        view.worker().map(WorkerStatus::avSyncDeltaMillis).orElse(OptionalDouble.empty()));
    node.set("slots", slots(view.worker().map(WorkerStatus::slots).orElse(SlotCounts.ZERO)));
    node.put("breaker", view.breaker().isPresent() ? breaker(view.breaker().getAsInt()) : null);
    node.put("restarts", view.restarts());
    number(node, "costUsd", view.costUsd());
    node.put("workerPid", view.workerPid().isPresent() ? view.workerPid().getAsLong() : null);
    node.set("worker", view.worker().<JsonNode>map(ViewJson::worker).orElse(NODES.nullNode()));
    ArrayNode egress = node.putArray("egress");
    view.egress().forEach(target -> egress.add(egress(target)));
    return node;
  }

  private static ObjectNode slots(SlotCounts counts) {
    ObjectNode node = NODES.objectNode();
    node.put("dubbed", counts.dubbed());
    node.put("bed", counts.bed());
    node.put("fallback", counts.fallback());
    node.put("inFlight", counts.inFlight());
    return node;
  }

  private static ObjectNode worker(WorkerStatus status) {
    ObjectNode node = NODES.objectNode();
    node.put("state", status.state().name());
    node.put("reason", status.reason());
    node.put("onAirMillis", status.onAirMicros() / 1_000);
    number(node, "inputBitsPerSecond", status.inputBitsPerSecond());
    number(node, "outputBitsPerSecond", status.outputBitsPerSecond());
    number(node, "videoQueueMillis", status.videoQueueMillis());
    number(node, "audioQueueMillis", status.audioQueueMillis());
    node.set(
        "translator", status.translator().<JsonNode>map(ViewJson::health).orElse(NODES.nullNode()));
    node.put("background", status.background().map(BackgroundMode::name).orElse(null));
    node.put("inputDiscontinuities", status.inputDiscontinuities());
    node.put("inputReconnects", status.inputReconnects());
    ArrayNode outputs = node.putArray("outputs");
    status.outputs().forEach(output -> outputs.add(output(output)));
    return node;
  }

  private static ObjectNode health(Health health) {
    ObjectNode node = NODES.objectNode();
    node.put("state", health.state().name());
    node.put("reason", health.reason());
    return node;
  }

  private static ObjectNode output(WorkerStatus.OutputStatus output) {
    ObjectNode node = NODES.objectNode();
    node.put("target", output.target());
    node.put("connected", output.connected());
    node.put("bytesWritten", output.bytesWritten());
    node.put("reconnects", output.reconnects());
    node.put("unitsDropped", output.unitsDropped());
    return node;
  }

  private static ObjectNode egress(EgressView target) {
    ObjectNode node = NODES.objectNode();
    node.put("name", target.name());
    node.put("target", target.target());
    node.put("enabled", target.enabled());
    node.put("state", target.state().name());
    node.put("since", target.since().toString());
    node.put("reason", target.reason());
    node.put("retries", target.retries());
    node.put("bytesOut", target.bytesOut());
    return node;
  }

  private static String breaker(int state) {
    return BREAKER_WORDS.get(Math.max(0, Math.min(BREAKER_WORDS.size() - 1, state)));
  }

  private static void number(ObjectNode node, String name, OptionalDouble value) {
    number(node, name, value.orElse(Double.NaN));
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
