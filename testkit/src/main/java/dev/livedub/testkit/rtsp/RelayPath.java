package dev.livedub.testkit.rtsp;

import dev.livedub.testkit.net.FaultLog;
import dev.livedub.testkit.net.Hangup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One path of the relay: at most one publisher, any number of players, faults and a tap.
 *
 * <p>It exists from the moment it is first named, with or without a publisher, and for the relay's
 * life. Packets pass the faults, then the tap, then go to the players' queues.
 *
 * <p>Threading: thread-safe; packets are forwarded on the publisher's thread under the path's lock.
 */
public final class RelayPath {

  private static final long LINGER_MILLIS = 2_000;

  private final Object lock = new Object();
  private final String name;
  private final int playerQueueBytes;
  private final boolean reportOnPlay;
  private final ScheduledExecutorService timer;
  private final FaultLog<RtspFault> log = new FaultLog<>(RtspFault.class);
  private final PathFaults faults = new PathFaults(this, log);
  private final PacketFaults packetFaults = new PacketFaults(log);
  private final StallBuffer stall;
  private final AccessUnitLog accessUnits = new AccessUnitLog();
  private final List<Player> players = new ArrayList<>();
  private volatile PublisherListener listener = PublisherListener.NONE;
  private @Nullable Publication publication;
  private long publications;
  private long playersTotal;
  private long packetsIn;
  private long bytesIn;
  private long packetsForwarded;
  private long unknownPackets;

  RelayPath(String name, RtspRelayOptions options, ScheduledExecutorService timer) {
    this.name = name;
    this.timer = timer;
    playerQueueBytes = options.playerQueueBytes();
    reportOnPlay = options.reportOnPlay();
    stall = new StallBuffer(options.stallBufferBytes());
  }

  /** Without slashes at its ends. */
  public String name() {
    return name;
  }

  /** Its faults, to order and to prove. */
  public PathFaults faults() {
    return faults;
  }

  /** The tap for pictures; off until enabled. */
  public AccessUnitLog accessUnits() {
    return accessUnits;
  }

  /** Has somebody hear of publishers that come and go from now on; one at a time. */
  public void listener(PublisherListener newListener) {
    listener = newListener;
  }

  /** What it did so far. */
  public RelayStats stats() {
    synchronized (lock) {
      return new RelayStats(
          publications,
          publication != null,
          players.size(),
          playersTotal,
          packetsIn,
          bytesIn,
          packetsForwarded,
          unknownPackets);
    }
  }

  Publication announce(RtspConnection publisher, SessionDescription description) {
    return new Publication(publisher, description, accessUnits::add);
  }

  Player newPlayer(RtspConnection connection) {
    return new Player(connection, playerQueueBytes);
  }

  /** Makes this the publication; one that was there is cut off, and its players with it. */
  void publish(Publication next) {
    synchronized (lock) {
      if (publication != null) {
        publication.publisher().hangUp(Hangup.RST);
        endPlayers(Hangup.FIN);
      }
      stall.forget();
      publication = next;
      publications++;
      listener.came(publications);
    }
  }

  /** Ends the publication, if it still is the current one, and the players with it. */
  void unpublish(Publication old) {
    synchronized (lock) {
      if (publication == old) {
        publication = null;
        stall.forget();
        endPlayers(Hangup.FIN);
        listener.left(publications);
      }
    }
  }

  @Nullable Publication publication() {
    synchronized (lock) {
      return publication;
    }
  }

  /**
   * Adds a player, if what it described still is being published.
   *
   * @return RTP-Info for it, perhaps empty; null if the publication is gone
   */
  @Nullable String attach(Player player, Publication described, String baseUrl) {
    synchronized (lock) {
      if (publication != described) {
        return null;
      }
      if (!players.contains(player)) {
        players.add(player);
        playersTotal++;
        handReports(player, described);
      }
      return RtpInfo.of(described, player, baseUrl, System.nanoTime());
    }
  }

  /** Without them a player could not tell how picture and sound lie until the next ones come. */
  private void handReports(Player player, Publication described) {
    List<OutFrame> reports = new ArrayList<>();
    for (RelayTrack track : described.tracks()) {
      byte[] report = track.lastReport();
      if (report != null && reportOnPlay && packetFaults.passesReports(System.nanoTime())) {
        reports.add(new OutFrame(track.index(), true, report));
      }
    }
    player.offer(reports);
  }

  void detach(Player player) {
    synchronized (lock) {
      players.remove(player);
    }
  }

  /** Takes packets from a publisher. */
  void accept(Publication from, List<InterleavedFrame> frames) {
    synchronized (lock) {
      if (from != publication) {
        return;
      }
      packetsIn += frames.size();
      for (InterleavedFrame frame : frames) {
        bytesIn += frame.bytes().length;
      }
      if (stall.isStalled()) {
        keepBack(frames);
      } else {
        forward(from, frames);
      }
    }
  }

  int endPlayers(Hangup how) {
    synchronized (lock) {
      List<Player> ended = List.copyOf(players);
      players.clear();
      ended.forEach(player -> end(player, how));
      return ended.size();
    }
  }

  boolean hangUpPublisher(Hangup how) {
    synchronized (lock) {
      Publication current = publication;
      if (current == null) {
        return false;
      }
      current.publisher().hangUp(how);
      unpublish(current);
      later(current.publisher()::close, LINGER_MILLIS);
      return true;
    }
  }

  void stall() {
    synchronized (lock) {
      stall.stall();
    }
  }

  void resume(StallRelease release) {
    synchronized (lock) {
      List<InterleavedFrame> kept = stall.release();
      if (release == StallRelease.DROP || publication == null) {
        log.hit(RtspFault.STALL_DROPPED, kept.size());
      } else {
        log.hit(RtspFault.STALL_BURST, kept.size());
        forward(publication, kept);
      }
    }
  }

  int sendRubbish(int sizeBytes, long seed) {
    byte[] bytes = new byte[sizeBytes];
    new Random(seed).nextBytes(bytes);
    synchronized (lock) {
      int count = players.size();
      fanOut(List.of(new OutFrame(OutFrame.RAW, false, bytes)));
      return count;
    }
  }

  void order(Consumer<PacketFaults> change) {
    synchronized (lock) {
      change.accept(packetFaults);
    }
  }

  void shift(TrackSelector tracks, Consumer<RelayTrack> change) {
    synchronized (lock) {
      List<RelayTrack> chosen =
          publication == null
              ? List.of()
              : publication.tracks().stream()
                  .filter(track -> track.isFlowing() && tracks.matches(track.kind()))
                  .toList();
      if (chosen.isEmpty()) {
        throw new IllegalStateException("no " + tracks + " stream flows on " + name);
      }
      chosen.forEach(change);
    }
  }

  private void keepBack(List<InterleavedFrame> frames) {
    for (InterleavedFrame frame : frames) {
      log.hit(stall.keep(frame) ? RtspFault.STALL : RtspFault.STALL_DROPPED);
    }
  }

  private void forward(Publication from, List<InterleavedFrame> frames) {
    long nowNanos = System.nanoTime();
    List<OutFrame> out = new ArrayList<>(frames.size());
    for (InterleavedFrame frame : frames) {
      OutFrame passed = pass(from, frame, nowNanos);
      if (passed != null) {
        out.add(passed);
      }
    }
    packetsForwarded += out.size();
    fanOut(out);
  }

  /** The frame as it goes on; null if it does not, or not now. */
  private @Nullable OutFrame pass(Publication from, InterleavedFrame frame, long nowNanos) {
    for (RelayTrack track : from.tracks()) {
      boolean rtp = track.hasRtp(frame.channel());
      if (rtp || track.hasRtcp(frame.channel())) {
        if (packetFaults.dropsTrack(track, nowNanos)) {
          return null;
        }
        return rtp
            ? passRtp(track, frame.bytes(), nowNanos)
            : passRtcp(from, track, frame.bytes(), nowNanos);
      }
    }
    unknownPackets++;
    return null;
  }

  private @Nullable OutFrame passRtp(RelayTrack track, byte[] frame, long nowNanos) {
    if (packetFaults.dropsPacket(track)) {
      return null;
    }
    if (RtpPackets.isRtp(frame)) {
      packetFaults.shift(track, frame, false);
      track.forwarded(frame, nowNanos, accessUnits.isEnabled());
    }
    return new OutFrame(track.index(), false, frame);
  }

  private @Nullable OutFrame passRtcp(
      Publication from, RelayTrack track, byte[] frame, long nowNanos) {
    OutFrame out = new OutFrame(track.index(), true, frame);
    if (!RtpPackets.isSenderReport(frame)) {
      return out;
    }
    packetFaults.shift(track, frame, true);
    return switch (packetFaults.reportFate(nowNanos)) {
      case PASS -> {
        track.reported(frame);
        yield out;
      }
      case WITHHOLD -> null;
      case DELAY -> {
        later(() -> forwardLate(from, track, out), packetFaults.reportDelay().toMillis());
        yield null;
      }
    };
  }

  private void forwardLate(Publication from, RelayTrack track, OutFrame report) {
    synchronized (lock) {
      if (from == publication && !stall.isStalled()) {
        packetsForwarded++;
        track.reported(report.bytes());
        fanOut(List.of(report));
        log.hit(RtspFault.DELAY_SENDER_REPORTS);
      }
    }
  }

  private void fanOut(List<OutFrame> frames) {
    if (frames.isEmpty()) {
      return;
    }
    players.removeIf(
        player -> {
          boolean tooSlow = !player.offer(frames);
          if (tooSlow) {
            log.ordered(RtspFault.SLOW_PLAYER, "cut off");
            log.hit(RtspFault.SLOW_PLAYER);
            end(player, Hangup.RST);
          }
          return tooSlow;
        });
  }

  private void end(Player player, Hangup how) {
    player.end(how);
    if (how == Hangup.FIN) {
      later(player::close, LINGER_MILLIS);
    }
  }

  private void later(Runnable task, long delayMillis) {
    try {
      timer.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The relay is closing: nothing comes later any more, so connections end now.
      task.run();
    }
  }
}
