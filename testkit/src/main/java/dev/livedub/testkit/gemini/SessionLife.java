package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.fault.KnownClose;
import dev.livedub.testkit.gemini.fault.SimFault.Form;
import dev.livedub.testkit.gemini.record.ClientFault;
import dev.livedub.testkit.gemini.wire.ServerMessage;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The clocks that end a connection: goAway and what follows it, and idleness.
 *
 * <p><b>Threading</b>: the connection's event loop only.
 */
final class SessionLife {

  private static final double ODD_FRACTION = 0.05;

  private final SimHub hub;
  private final Wire wire;
  private final Consumer<KnownClose> close;
  private final Runnable mute;
  private final List<Future<?>> timers = new ArrayList<>();
  private long lastAudioNanos;
  private boolean ended;

  private SessionLife(SimHub hub, Wire wire, Consumer<KnownClose> close, Runnable mute) {
    this.hub = hub;
    this.wire = wire;
    this.close = close;
    this.mute = mute;
    lastAudioNanos = hub.clock().nanos();
  }

  /**
   * The clocks begin.
   *
   * @param close ends the connection
   * @param mute silences it
   */
  static SessionLife begin(SimHub hub, Wire wire, Consumer<KnownClose> close, Runnable mute) {
    SessionLife life = new SessionLife(hub, wire, close, mute);
    Duration timeLeft = hub.options().timeLeft();
    life.timers.add(
        hub.clock()
            .schedule(
                wire.loop(), hub.options().goAwayAfter(), () -> life.goAway(Form.PLAIN, timeLeft)));
    life.watchIdleness(hub.options().idleLimit().toNanos());
    return life;
  }

  /** Sound came. */
  void audio() {
    lastAudioNanos = hub.clock().nanos();
  }

  /** Says that the connection will end, in some form, and ends it; replaces what was planned. */
  void goAway(Form form, Duration timeLeft) {
    if (ended) {
      return;
    }
    cancel();
    Duration left = form == Form.FRACTIONAL ? fractional(timeLeft) : timeLeft;
    String message = ServerMessage.of(ServerMessage.goAway(text(left)));
    if (form != Form.ABSENT) {
      wire.send(message, false);
    }
    if (form == Form.TWICE) {
      wire.send(message, false);
    }
    if (form == Form.THEN_SILENCE) {
      mute.run();
    }
    timers.add(hub.clock().schedule(wire.loop(), left, () -> close.accept(KnownClose.LIFE_OVER)));
    watchIdleness(hub.options().idleLimit().toNanos());
  }

  /** Nothing happens any more. */
  void end() {
    ended = true;
    cancel();
  }

  private void cancel() {
    timers.forEach(timer -> timer.cancel(false));
    timers.clear();
  }

  private void watchIdleness(long afterNanos) {
    timers.add(hub.clock().scheduleNanos(wire.loop(), afterNanos, this::checkIdleness));
  }

  private void checkIdleness() {
    long limitNanos = hub.options().idleLimit().toNanos();
    long idleNanos = hub.clock().nanos() - lastAudioNanos;
    if (idleNanos < limitNanos) {
      watchIdleness(limitNanos - idleNanos);
      return;
    }
    wire.report(ClientFault.IDLE, idleNanos / 1_000_000 + " ms without sound");
    close.accept(KnownClose.ABORTED);
  }

  private static Duration fractional(Duration timeLeft) {
    long nanos = (long) (timeLeft.toSeconds() * 1e9 - ODD_FRACTION * 1e9);
    return Duration.ofNanos(Math.max((long) (ODD_FRACTION * 1e9), nanos));
  }

  /** As protocol buffers write durations: whole seconds, or with a fraction. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    String fraction = millis % 1_000 == 0 ? "" : String.format(".%03d", millis % 1_000);
    return millis / 1_000 + fraction.replaceFirst("0+$", "") + "s";
  }
}
