package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.fault.FaultBoard;
import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.record.Recorder;
import dev.livedub.testkit.net.FaultLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all connections of a simulator share.
 *
 * <p><b>Threading</b>: any thread.
 */
final class SimHub {

  private final GeminiSimOptions options;
  private final SimClock clock;
  private final FaultBoard board = new FaultBoard();
  private final FaultLog<FaultKind> faults = new FaultLog<>(FaultKind.class);
  private final Recorder recorder;
  private final HandleRegistry handles = new HandleRegistry();
  private final Map<Integer, LiveConnection> connections = new ConcurrentHashMap<>();
  private final AtomicInteger concurrencyCap;

  SimHub(GeminiSimOptions options) {
    this.options = options;
    clock = new SimClock(options.speed());
    recorder = new Recorder(clock::millis);
    concurrencyCap = new AtomicInteger(options.concurrencyCap());
  }

  GeminiSimOptions options() {
    return options;
  }

  SimClock clock() {
    return clock;
  }

  FaultBoard board() {
    return board;
  }

  FaultLog<FaultKind> faults() {
    return faults;
  }

  Recorder recorder() {
    return recorder;
  }

  HandleRegistry handles() {
    return handles;
  }

  int concurrencyCap() {
    return concurrencyCap.get();
  }

  void concurrencyCap(int sessions) {
    concurrencyCap.set(sessions);
  }

  void opened(int number, LiveConnection connection) {
    connections.put(number, connection);
  }

  void closed(int number) {
    connections.remove(number);
  }

  boolean isOpen(int number) {
    return connections.containsKey(number);
  }

  /** Hands a plan to the connection that it names, if that is open. */
  void order(FaultPlan plan) {
    LiveConnection connection = connections.get(plan.connection());
    if (connection != null) {
      connection.order(plan);
    }
  }

  List<LiveConnection> live() {
    return List.copyOf(connections.values());
  }
}
