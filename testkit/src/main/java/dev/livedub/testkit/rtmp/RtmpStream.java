package dev.livedub.testkit.rtmp;

import dev.livedub.testkit.net.FaultLog;
import dev.livedub.testkit.net.Hangup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * One stream name of the sink: its publications, past and present, and its faults.
 *
 * <p>It exists from the moment it is first named. Several connections may publish to it at once,
 * each into its own publication, because a publisher that reconnects may come back before its old
 * connection is known to be dead.
 *
 * <p>Threading: thread-safe.
 */
public final class RtmpStream {

  private static final int MAX_PUBLICATIONS = 256;

  private final String name;
  private final RtmpSinkOptions options;
  private final ScheduledExecutorService timer;
  private final FaultLog<RtmpFault> faults = new FaultLog<>(RtmpFault.class);
  private final ReadGate gate = new ReadGate(() -> faults.hit(RtmpFault.STOP_READING));
  private final List<RtmpPublication> publications = new ArrayList<>();
  private final Map<RtmpPublication, RtmpSession> active = new LinkedHashMap<>();
  private volatile TagListener listener = TagListener.NONE;
  private int published;
  private @Nullable String denial;

  RtmpStream(String name, RtmpSinkOptions options, ScheduledExecutorService timer) {
    this.name = name;
    this.options = options;
    this.timer = timer;
  }

  /** Application and stream name, such as {@code live/demo/out}. */
  public String name() {
    return name;
  }

  /** What was ordered and what it did. */
  public FaultLog<RtmpFault> faults() {
    return faults;
  }

  /** All publications, oldest first; the oldest are forgotten beyond a fixed number. */
  public synchronized List<RtmpPublication> publications() {
    return List.copyOf(publications);
  }

  /** The latest publication, whether it lasts or not. */
  public synchronized Optional<RtmpPublication> latest() {
    return publications.isEmpty()
        ? Optional.empty()
        : Optional.of(publications.get(publications.size() - 1));
  }

  /** Has somebody hear of every tag that arrives from now on; one at a time. */
  public void listener(TagListener newListener) {
    listener = newListener;
  }

  /** How many publications last at this moment. */
  public synchronized int publishers() {
    return active.size();
  }

  /** Waits until no publication lasts, and what was published is written. */
  public synchronized void awaitNoPublisher(Duration atMost) throws InterruptedException {
    long untilNanos = System.nanoTime() + atMost.toNanos();
    long leftMillis = atMost.toMillis();
    while (!active.isEmpty() && leftMillis > 0) {
      wait(leftMillis);
      leftMillis = (untilNanos - System.nanoTime()) / 1_000_000;
    }
  }

  /**
   * Refuses to publish from now on; publications that last, stay.
   *
   * @param code such as {@code NetStream.Publish.BadName} or {@code NetStream.Publish.Unauthorized}
   */
  public synchronized void denyPublish(String code) {
    faults.ordered(RtmpFault.DENY_PUBLISH, code);
    denial = code;
  }

  /** Grants publishing again. */
  public synchronized void allowPublish() {
    faults.ordered(RtmpFault.DENY_PUBLISH, "off");
    denial = null;
  }

  /** Cuts off all publishers; returns how many. */
  public int closeConnections(Hangup how) {
    faults.ordered(RtmpFault.CLOSE_CONNECTIONS, how.name());
    List<RtmpSession> sessions = sessions();
    sessions.forEach(session -> session.cutOff(how, timer));
    faults.hit(RtmpFault.CLOSE_CONNECTIONS, sessions.size());
    return sessions.size();
  }

  /** Reads nothing more from any publisher of this stream, with TCP left open. */
  public void stopReading() {
    faults.ordered(RtmpFault.STOP_READING, "on");
    gate.shut();
  }

  /** Reads again; what waited in the kernel comes first. */
  public void resumeReading() {
    faults.ordered(RtmpFault.STOP_READING, "off");
    gate.open();
  }

  void arrived(RtmpPublication publication, RtmpTag tag, byte[] body) {
    listener.arrived(publication, tag, body);
  }

  ReadGate gate() {
    return gate;
  }

  /** The code publish is to be refused with, which is tallied; null to grant it. */
  synchronized @Nullable String denial() {
    faults.hit(RtmpFault.DENY_PUBLISH, denial == null ? 0 : 1);
    return denial;
  }

  synchronized RtmpPublication begin(RtmpSession session, String query) throws IOException {
    published++;
    Optional<Path> dump =
        options
            .dumpDirectory()
            .map(
                dir ->
                    dir.resolve(name.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + published + ".flv"));
    FlvFile file = dump.isEmpty() ? null : new FlvFile(dump.get(), options.maxDumpBytes());
    RtmpPublication publication =
        new RtmpPublication(name, query, published, options.maxTags(), file, dump);
    if (publications.size() == MAX_PUBLICATIONS) {
      publications.remove(0);
    }
    publications.add(publication);
    active.put(publication, session);
    return publication;
  }

  void end(RtmpPublication publication, String reason) throws IOException {
    try {
      publication.end(reason);
    } finally {
      synchronized (this) {
        active.remove(publication);
        notifyAll();
      }
    }
  }

  private synchronized List<RtmpSession> sessions() {
    return List.copyOf(active.values());
  }
}
