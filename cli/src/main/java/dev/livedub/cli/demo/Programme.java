package dev.livedub.cli.demo;

import dev.livedub.testkit.clip.AccessUnit;
import dev.livedub.testkit.clip.ClipSource;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.mp4.ClipToMp4;
import dev.livedub.testkit.mp4.FragmentListener;
import dev.livedub.testkit.nal.Codec;
import dev.livedub.testkit.nal.VclHash;
import dev.livedub.testkit.publish.LivePublisher;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The broadcast: somebody speaks over a quiet chord, a flash and a beep mark each second. Goes on
 * in time while its publisher is away.
 *
 * <p><b>Threading:</b> driven by one thread; what it says may be asked by any.
 */
final class Programme implements AutoCloseable {

  /** 360 lines, three B-frames, a keyframe a second. */
  static final ClipSpec CLIP =
      ClipSpec.builder()
          .size(640, 360)
          .gopFrames(25)
          .pictureBitRate(600_000)
          .markedSpeechAndBeeps()
          .build();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String url;
  private final DemoClock clock;
  private final ClipToMp4 mp4;
  private final Map<Long, Long> published = new ConcurrentHashMap<>();
  private @Nullable LivePublisher publisher;
  private @Nullable ClipSource next;
  private volatile long positionMicros;
  private volatile long shiftMicros;
  private volatile boolean recording = true;

  /**
   * A programme that has not begun.
   *
   * @param url where it is published
   * @param watchers see what is published, as it is
   */
  Programme(String url, DemoClock clock, FragmentListener watchers) {
    this.url = url;
    this.clock = clock;
    mp4 = new ClipToMp4(CLIP, watchers);
  }

  /** Begins; returns once the server has taken it. */
  void begin() throws DemoException, InterruptedException {
    publish(ClipSource.endless(CLIP));
  }

  /** Takes the publisher away. */
  void vanish() {
    if (publisher != null) {
      publisher.close();
      publisher = null;
    }
  }

  /** Gets ready to come back after so long: what is missed meanwhile is made and thrown away. */
  void prepare(Duration after) {
    next = ClipSource.endlessFrom(CLIP, clock.nowMicros() - shiftMicros + after.toNanos() / 1_000);
  }

  /** Brings it back. */
  void comeBack() throws DemoException, InterruptedException {
    ClipSource prepared = next;
    next = null;
    publish(prepared == null ? ClipSource.endless(CLIP) : prepared);
  }

  /** Media time of the clip that was published last. */
  long positionMicros() {
    return positionMicros;
  }

  /** The demonstration's time minus the clip's. */
  long shiftMicros() {
    return shiftMicros;
  }

  /** Presentation time in the clip of each picture published, by its hash, µs. */
  Map<Long, Long> published() {
    return Map.copyOf(published);
  }

  /** Publishes on without remembering any more. */
  void forgetFromNowOn() {
    recording = false;
  }

  @Override
  public void close() {
    vanish();
    if (next != null) {
      next.close();
      next = null;
    }
  }

  private void publish(ClipSource source) throws DemoException, InterruptedException {
    LivePublisher started = LivePublisher.start(source, url, new Watcher());
    publisher = started;
    if (!started.awaitOnAir(PATIENCE)) {
      throw new DemoException("the publisher did not get on air", started.failure());
    }
  }

  /** Sees what one publisher sends; on its thread. */
  private final class Watcher implements LivePublisher.Listener {
    private Optional<Long> shift = Optional.empty();

    @Override
    public void written(AccessUnit unit, long writtenNanos) {
      if (shift.isEmpty()) {
        shift = Optional.of(clock.micros(writtenNanos) - unit.dtsMicros());
        shiftMicros = shift.get();
      }
      mp4.take(unit, shift.get());
      positionMicros = unit.dtsMicros();
      if (recording && unit.kind() == AccessUnit.Kind.PICTURE) {
        published.put(VclHash.ofAnnexB(Codec.H264, unit.payload()), unit.ptsMicros());
      }
    }
  }
}
