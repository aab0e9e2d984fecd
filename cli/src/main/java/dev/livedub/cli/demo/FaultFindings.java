package dev.livedub.cli.demo;

import static dev.livedub.cli.demo.Judge.format;

import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.measure.AccessUnitIdentity;
import dev.livedub.testkit.measure.MarkedEar;
import dev.livedub.testkit.measure.SoundGaps;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtsp.AccessUnit;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What came of each fault, and what is promised about it. */
final class FaultFindings {

  private static final double NOTICED_SECONDS = 5;
  private static final double BACK_SECONDS = 2;
  private static final double ORIGINAL_SECONDS = 5;
  private static final long LOOKED_AT_NANOS = Duration.ofSeconds(4).toNanos();

  /** Syllables of one sentence are half a second apart. */
  private static final long SAME_SENTENCE_MICROS = 750_000;

  /** A new connection may repeat a group of pictures. */
  private static final long REPEATED_MILLIS = 1_100;

  private final Take take;
  private final List<Reel> reels;

  FaultFindings(Take take, List<Reel> reels) {
    this.take = take;
    this.reels = reels;
  }

  List<Finding> all() {
    return take.faults().stream().map(this::finding).toList();
  }

  private Finding finding(FaultRun run) {
    if (!run.isOver()) {
      return Finding.judged(run.fault().title(), "it did not pass", "it passes", false);
    }
    return switch (run.fault()) {
      case SESSION_CUT -> translation(run, false);
      case TRANSLATION_STALLS -> translation(run, true);
      case PUBLISHER_GONE, DESTINATION_GONE -> peer(run);
      case WORKER_KILLED -> worker(run);
    };
  }

  /** Not one picture or sample may be missing; the original is back while nothing is translated. */
  private Finding translation(FaultRun run, boolean untranslated) {
    Reel reel = reelAt(run.atNanos());
    long missing = missingPictures(run) + SoundGaps.of(reel.packets()).holeSamples();
    double avMillis = avMillis(run);
    OptionalDouble original = originalSeconds(run, reel);
    boolean heard = !untranslated || original.orElse(ORIGINAL_SECONDS + 1) <= ORIGINAL_SECONDS;
    String measured = format("%d missing, A/V %.1f ms", missing, avMillis);
    String bound = "0 missing, 120 ms";
    return Finding.judged(
        run.fault().title(),
        untranslated ? format("original back after %s, ", seconds(original)) + measured : measured,
        untranslated ? "5 s, " + bound : bound,
        missing == 0 && avMillis <= MediaFindings.AV_EVER_MILLIS && heard);
  }

  private Finding peer(FaultRun run) {
    boolean input = run.fault() == DemoFault.PUBLISHER_GONE;
    double backSeconds = input ? sourceBackSeconds(run) : destinationBackSeconds(run);
    double avMillis = avMillis(run);
    boolean oneTimeline = input ? sameConnection(run) : continues(run);
    return Finding.judged(
        run.fault().title(),
        format(
            "noticed after %.1f s, back after %.1f s, A/V %.1f ms, %s",
            run.noticedSeconds(), backSeconds, avMillis, oneTimeline ? "one timeline" : "NOT one"),
        "5 s, 2 s, 120 ms, one timeline",
        run.noticedSeconds() <= NOTICED_SECONDS
            && backSeconds <= BACK_SECONDS
            && avMillis <= MediaFindings.AV_EVER_MILLIS
            && oneTimeline);
  }

  /** Nothing is promised of how long it takes; another worker must be there, and only one. */
  private Finding worker(FaultRun run) {
    double backSeconds = (run.overNanos() - run.atNanos()) / 1e9 - take.delay().toMillis() / 1e3;
    double avMillis = avMillis(run);
    return Finding.judged(
        run.fault().title(),
        format(
            "noticed after %.1f s, back after %.1f s and the delay, %d restart, A/V %.1f ms",
            run.noticedSeconds(), backSeconds, take.restarts(), avMillis),
        "5 s, one restart, 120 ms",
        run.noticedSeconds() <= NOTICED_SECONDS
            && take.restarts() == 1
            && avMillis <= MediaFindings.AV_EVER_MILLIS);
  }

  private Reel reelAt(long nanos) {
    Reel found = reels.get(0);
    for (Reel reel : reels) {
      if (reel.dubbed().pictures().get(0).arrivalNanos() <= nanos) {
        found = reel;
      }
    }
    return found;
  }

  private long missingPictures(FaultRun run) {
    List<Long> output =
        take.pictures().stream()
            .filter(tag -> tag.arrivalNanos() >= run.atNanos())
            .filter(tag -> tag.arrivalNanos() <= run.overNanos() + LOOKED_AT_NANOS)
            .map(RtmpTag::vclHash)
            .toList();
    AccessUnitIdentity identity =
        AccessUnitIdentity.compare(
            take.relayed().stream().map(AccessUnit::vclHash).toList(), output);
    return identity.isIdentical() ? 0 : Math.max(1, identity.missing());
  }

  /** The largest distance of sound and picture from the fault to what follows its end. */
  private double avMillis(FaultRun run) {
    return reels.stream()
        .flatMapToDouble(
            reel ->
                reel.offset().offsets().stream()
                    .filter(each -> isDuring(run, reel, each.flashMicros()))
                    .mapToDouble(each -> Math.abs(each.offsetMillis())))
        .max()
        .orElse(Double.NaN);
  }

  private static boolean isDuring(FaultRun run, Reel reel, long outputMicros) {
    long nanos = arrivalNanos(reel, outputMicros);
    return nanos >= run.atNanos() && nanos <= run.overNanos() + LOOKED_AT_NANOS;
  }

  private static long arrivalNanos(Reel reel, long outputMicros) {
    List<RtmpTag> sounds = reel.dubbed().sounds();
    return sounds.stream()
        .filter(tag -> tag.timestampMillis() * 1_000 >= outputMicros)
        .findFirst()
        .orElse(sounds.get(sounds.size() - 1))
        .arrivalNanos();
  }

  /** From the fault to the first of two syllables of the speaker's, in a row, at full level. */
  private static OptionalDouble originalSeconds(FaultRun run, Reel reel) {
    Optional<Mark> last = Optional.empty();
    for (Mark mark : reel.heard().source()) {
      if (arrivalNanos(reel, mark.startMicros()) < run.atNanos() || !MarkedEar.isFull(mark)) {
        last = Optional.empty();
      } else if (last.isPresent()
          && mark.startMicros() - last.get().startMicros() < SAME_SENTENCE_MICROS) {
        return OptionalDouble.of(
            (arrivalNanos(reel, last.get().startMicros()) - run.atNanos()) / 1e9);
      } else {
        last = Optional.of(mark);
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * From the first picture that the server passed on again to the first of those at the
   * destination, less the playout delay; NaN if none arrived.
   */
  private double sourceBackSeconds(FaultRun run) {
    Map<Long, Long> forwarded = new HashMap<>();
    take.relayed().stream()
        .filter(unit -> unit.forwardedNanos() >= run.returnNanos())
        .forEach(unit -> forwarded.putIfAbsent(unit.vclHash(), unit.forwardedNanos()));
    OptionalLong returned = forwarded.values().stream().mapToLong(each -> each).min();
    OptionalLong arrived =
        take.pictures().stream()
            .filter(tag -> forwarded.containsKey(tag.vclHash()))
            .mapToLong(RtmpTag::arrivalNanos)
            .min();
    return returned.isEmpty() || arrived.isEmpty()
        ? Double.NaN
        : (arrived.getAsLong() - returned.getAsLong() - take.delay().toNanos()) / 1e9;
  }

  private double destinationBackSeconds(FaultRun run) {
    return take.pictures().stream()
        .mapToLong(RtmpTag::arrivalNanos)
        .filter(nanos -> nanos > run.returnNanos())
        .mapToDouble(nanos -> (nanos - run.returnNanos()) / 1e9)
        .min()
        .orElse(Double.NaN);
  }

  private boolean sameConnection(FaultRun run) {
    return reelAt(run.atNanos()) == reelAt(run.overNanos());
  }

  /** Whether the new connection goes on where the old one ended. */
  private boolean continues(FaultRun run) {
    Reel before = reelAt(run.atNanos());
    Reel after = reelAt(run.overNanos());
    List<RtmpTag> last = before.dubbed().pictures();
    long stepMillis =
        after.dubbed().pictures().get(0).timestampMillis()
            - last.get(last.size() - 1).timestampMillis();
    return before != after && stepMillis > -REPEATED_MILLIS;
  }

  private static String seconds(OptionalDouble value) {
    return value.isPresent() ? format("%.1f s", value.getAsDouble()) : "never";
  }
}
