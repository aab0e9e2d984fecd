package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.FaultScript;
import dev.livedub.testkit.gemini.record.ClientFault;
import dev.livedub.testkit.gemini.record.SessionRecord;
import dev.livedub.testkit.gemini.record.SimRecord;
import dev.livedub.testkit.gemini.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The control API: faults by HTTP, and the record as JSON.
 *
 * <p><b>Threading</b>: any thread.
 */
final class ControlApi {

  /** Where it is. */
  static final String ROOT = "/control/";

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final SimHub hub;
  private final Consumer<FaultPlan> order;

  /** An API that hands plans on. */
  ControlApi(SimHub hub, Consumer<FaultPlan> order) {
    this.hub = hub;
    this.order = order;
  }

  /** What is answered. */
  record Answer(int status, String json) {}

  /** Answers a request. */
  Answer answer(String method, String path, String body) {
    return switch (method + " " + path) {
      case "GET /control/record" -> ok(record(hub.recorder().snapshot()));
      case "DELETE /control/record" -> {
        hub.recorder().forgetFaults();
        yield ok(Map.of());
      }
      case "GET /control/faults" -> ok(faults());
      case "POST /control/faults" -> orders(body);
      case "DELETE /control/faults" -> {
        hub.board().clear();
        yield ok(Map.of());
      }
      default -> new Answer(NOT_FOUND, Json.write(Map.of("error", "no " + method + " " + path)));
    };
  }

  private Answer orders(String body) {
    try {
      List<FaultPlan> plans = FaultScript.parse(body);
      plans.forEach(order);
      return ok(Map.of("ordered", plans.size()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return new Answer(BAD_REQUEST, Json.write(Map.of("error", String.valueOf(e.getMessage()))));
    }
  }

  private Map<String, Object> faults() {
    Map<String, Object> hits = new LinkedHashMap<>();
    for (FaultKind kind : FaultKind.values()) {
      long count = hub.faults().hits(kind);
      if (count > 0) {
        hits.put(kind.label(), count);
      }
    }
    List<String> waiting = hub.board().waiting().stream().map(String::valueOf).toList();
    return Map.of("waiting", waiting, "hits", hits);
  }

  private static Map<String, Object> record(SimRecord record) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("clean", record.isClean());
    json.put("connections", record.connections());
    json.put("upgrades", record.upgrades());
    json.put("sessions", record.sessions());
    json.put("live", record.live());
    json.put("mostLive", record.mostLive());
    json.put("bytesIn", record.bytesIn());
    json.put("bytesOut", record.bytesOut());
    json.put("attemptMillis", record.attemptMillis());
    Map<String, Object> counts = new LinkedHashMap<>();
    record.faultCounts().forEach((kind, count) -> counts.put(label(kind), count));
    json.put("faultCounts", counts);
    json.put("faults", record.faults().stream().map(ControlApi::fault).toList());
    json.put(
        "connectionRecords", record.sessionRecords().stream().map(ControlApi::session).toList());
    return json;
  }

  private static Map<String, Object> fault(SimRecord.Fault fault) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", label(fault.kind()));
    json.put("connection", fault.connection());
    json.put("atMillis", fault.atMillis());
    json.put("detail", fault.detail());
    return json;
  }

  private static Map<String, Object> session(SessionRecord session) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("connection", session.connection());
    json.put("model", session.model());
    session.targetLanguage().ifPresent(tag -> json.put("targetLanguage", tag));
    json.put("resumed", session.resumed());
    json.put("openedMillis", session.openedMillis());
    session.readyMillis().ifPresent(millis -> json.put("readyMillis", millis));
    session.endedMillis().ifPresent(millis -> json.put("endedMillis", millis));
    session
        .end()
        .ifPresent(
            end -> {
              json.put("endedBy", end.by().name().toLowerCase(Locale.ROOT));
              json.put("code", end.code());
              json.put("reason", end.reason());
            });
    json.put("inputMillis", session.inputMillis());
    json.put("outputMillis", session.outputMillis());
    json.put("bytesIn", session.bytesIn());
    json.put("bytesOut", session.bytesOut());
    json.put("heard", session.heard());
    json.put("spoken", session.spoken());
    return json;
  }

  private static String label(ClientFault kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Answer ok(Map<String, Object> json) {
    return new Answer(OK, Json.write(json));
  }
}
