package dev.livedub.testkit.rtsp;

import dev.livedub.testkit.net.FaultLog;
import dev.livedub.testkit.net.Hangup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The faults of one path, on demand. Each order is an entry of {@link #log}, each effect a hit.
 *
 * <p>Faults stay as ordered when publishers and players come and go, except shifted timestamps,
 * which end with their publication.
 *
 * <p>Threading: thread-safe; an order holds for every packet that comes after the call returned.
 */
public final class PathFaults {

  private static final int NORMALLY = 200;

  private final FaultLog<RtspFault> log;
  private final RelayPath path;
  private final AtomicInteger describeStatus = new AtomicInteger(NORMALLY);
  private final AtomicBoolean ignoring = new AtomicBoolean();

  PathFaults(RelayPath path, FaultLog<RtspFault> log) {
    this.path = path;
    this.log = log;
  }

  /** What was ordered and what it did. */
  public FaultLog<RtspFault> log() {
    return log;
  }

  /** Answers DESCRIBE with an error such as 401 or 404; 200 answers normally again. */
  public void answerDescribe(int status) {
    if (status != NORMALLY && (status < 400 || status > 599)) {
      throw new IllegalArgumentException("status " + status + " is no error");
    }
    log.ordered(RtspFault.DESCRIBE_ERROR, "answer " + status);
    describeStatus.set(status);
  }

  /** Reads requests for this path without answering them, or answers again. */
  public void ignoreRequests(boolean ignore) {
    log.ordered(RtspFault.IGNORE_REQUESTS, ignore ? "on" : "off");
    ignoring.set(ignore);
  }

  /** Cuts off all players; returns how many. */
  public int kickPlayers(Hangup how) {
    log.ordered(RtspFault.KICK_PLAYERS, how.name());
    int kicked = path.endPlayers(how);
    log.hit(RtspFault.KICK_PLAYERS, kicked);
    return kicked;
  }

  /** Cuts off the publisher, and with it all players; false if there is none. */
  public boolean kickPublisher(Hangup how) {
    log.ordered(RtspFault.KICK_PUBLISHER, how.name());
    boolean kicked = path.hangUpPublisher(how);
    log.hit(RtspFault.KICK_PUBLISHER, kicked ? 1 : 0);
    return kicked;
  }

  /** Stops forwarding; connections stay open and requests are answered. */
  public void stall() {
    log.ordered(RtspFault.STALL, "stall");
    path.stall();
  }

  /** Forwards again. */
  public void resume(StallRelease release) {
    log.ordered(RtspFault.STALL, "resume, " + release);
    path.resume(release);
  }

  /**
   * Sends random bytes to every player, between two frames.
   *
   * @param seed the same one gives the same bytes
   * @return to how many players
   */
  public int sendRubbish(int sizeBytes, long seed) {
    log.ordered(RtspFault.RUBBISH, sizeBytes + " bytes, seed " + seed);
    int players = path.sendRubbish(sizeBytes, seed);
    log.hit(RtspFault.RUBBISH, players);
    return players;
  }

  /** Throws away sender reports for a time. */
  public void withholdSenderReports(Duration howLong) {
    log.ordered(RtspFault.WITHHOLD_SENDER_REPORTS, howLong.toString());
    path.order(faults -> faults.withholdReportsUntil(System.nanoTime() + howLong.toNanos()));
  }

  /** Forwards each sender report this much later than it came. */
  public void delaySenderReports(Duration delay) {
    log.ordered(RtspFault.DELAY_SENDER_REPORTS, delay.toString());
    path.order(faults -> faults.delayReports(delay));
  }

  /** Forwards sender reports as they come. */
  public void passSenderReports() {
    log.ordered(RtspFault.WITHHOLD_SENDER_REPORTS, "off");
    path.order(PacketFaults::passReports);
  }

  /** Drops whole elementary streams, RTP and RTCP, for a time. */
  public void dropTrack(TrackSelector tracks, Duration howLong) {
    log.ordered(RtspFault.DROP_TRACK, tracks + " for " + howLong);
    path.order(faults -> faults.dropUntil(tracks, System.nanoTime() + howLong.toNanos()));
  }

  /** Ends every {@link #dropTrack}. */
  public void passTracks() {
    log.ordered(RtspFault.DROP_TRACK, "off");
    path.order(PacketFaults::dropNoTrack);
  }

  /** Drops every n-th RTP packet of each of the streams. */
  public void dropEveryNth(TrackSelector tracks, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("every " + n + "th packet");
    }
    log.ordered(RtspFault.DROP_EVERY_NTH, tracks + " every " + n);
    path.order(faults -> faults.dropEvery(tracks, n));
  }

  /** Ends every {@link #dropEveryNth}. */
  public void passPackets() {
    log.ordered(RtspFault.DROP_EVERY_NTH, "off");
    path.order(PacketFaults::dropNoPacket);
  }

  /**
   * Moves RTP timestamps, and those in sender reports, from the next packet on; adds up.
   *
   * @param by negative jumps backwards
   * @throws IllegalStateException if no such stream is being published
   */
  public void shiftTimestamps(TrackSelector tracks, Duration by) {
    path.shift(tracks, track -> track.shift(by.toNanos()));
    log.ordered(RtspFault.SHIFT_TIMESTAMPS, tracks + " by " + by);
  }

  /**
   * Moves RTP timestamps, and those in sender reports, so that each stream's wrap around 2^32 when
   * this time has passed.
   *
   * @throws IllegalStateException if no such stream is flowing
   */
  public void wrapTimestampsIn(TrackSelector tracks, Duration untilWrap) {
    path.shift(tracks, track -> track.wrapIn(untilWrap.toNanos(), System.nanoTime()));
    log.ordered(RtspFault.SHIFT_TIMESTAMPS, tracks + " to wrap in " + untilWrap);
  }

  /** The error DESCRIBE is to be answered with, or 200; an error is tallied. */
  int describeStatus() {
    int status = describeStatus.get();
    log.hit(RtspFault.DESCRIBE_ERROR, status == NORMALLY ? 0 : 1);
    return status;
  }

  /** Whether a request is to be left unanswered; if so it is tallied. */
  boolean ignoresRequest() {
    boolean ignore = ignoring.get();
    log.hit(RtspFault.IGNORE_REQUESTS, ignore ? 1 : 0);
    return ignore;
  }
}
