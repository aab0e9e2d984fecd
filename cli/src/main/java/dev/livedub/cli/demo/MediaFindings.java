package dev.livedub.cli.demo;

import static dev.livedub.cli.demo.Judge.format;

import dev.livedub.core.slot.SlotCounts;
import dev.livedub.testkit.measure.AccessUnitIdentity;
import dev.livedub.testkit.measure.AvOffset;
import dev.livedub.testkit.measure.SoundGaps;
import dev.livedub.testkit.measure.SoundLevel;
import dev.livedub.testkit.measure.TimestampOrder;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtsp.AccessUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What became of picture and sound. */
final class MediaFindings {

  static final double AV_STEADY_MILLIS = 20;
  static final double AV_EVER_MILLIS = 120;
  private static final double MOST_PEAK_DBTP = -1;
  private static final int MIN_PAIRS = 3;

  private final Take take;
  private final List<Reel> reels;

  MediaFindings(Take take, List<Reel> reels) {
    this.take = take;
    this.reels = reels;
  }

  List<Finding> all() {
    return List.of(identity(), order(), gaps(), offset(), slots(), level(), peak(), latency());
  }

  /** While a peer is away its pictures are lost; without faults not one may be. */
  private Finding identity() {
    List<Long> source = take.relayed().stream().map(AccessUnit::vclHash).toList();
    int matched = 0;
    int missing = 0;
    int wrong = 0;
    int size = 0;
    boolean identical = !take.dubbed().isEmpty();
    for (DubbedFile file : take.dubbed()) {
      AccessUnitIdentity each =
          AccessUnitIdentity.compare(
              source, file.pictures().stream().map(RtmpTag::vclHash).toList());
      matched += each.matched();
      missing += each.missing();
      wrong += each.changed() + each.extra() + each.reordered();
      size += each.outputSize();
      identical &= each.isIdentical();
    }
    boolean faults = !take.faults().isEmpty();
    return Finding.judged(
        "pictures bit for bit as they came",
        format("%d of %d, %d missing, %d wrong", matched, size, missing, wrong),
        faults ? "none wrong" : "all, none missing",
        faults ? matched > 0 && wrong == 0 && matched == size : identical);
  }

  private Finding order() {
    int pictures = 0;
    int sounds = 0;
    int wrong = 0;
    boolean faultless = !reels.isEmpty();
    for (Reel reel : reels) {
      TimestampOrder picture = TimestampOrder.of(reel.packets().pictures());
      TimestampOrder sound = TimestampOrder.of(reel.packets().sounds());
      pictures += picture.packets();
      sounds += sound.packets();
      wrong += picture.dtsNotRising() + sound.dtsNotRising();
      faultless &= picture.isFaultless() && sound.isFaultless();
    }
    return Finding.judged(
        "timestamps in order",
        format("%d pictures, %d sounds, %d out of order", pictures, sounds, wrong),
        "none out of order",
        faultless);
  }

  private Finding gaps() {
    long holes = 0;
    long overlaps = 0;
    int frames = 0;
    boolean gapless = !reels.isEmpty();
    for (Reel reel : reels) {
      SoundGaps gaps = SoundGaps.of(reel.packets());
      holes += gaps.holeSamples();
      overlaps += gaps.overlapSamples();
      frames += gaps.frames();
      gapless &= gaps.isGapless();
    }
    return Finding.judged(
        reels.size() == 1
            ? "sound without a gap"
            : "sound without a gap, in each of " + reels.size() + " connections",
        format("%d samples missing, %d twice in %d frames", holes, overlaps, frames),
        "none",
        gapless);
  }

  private Finding offset() {
    double steadyMillis = maxAbsMillis(false);
    double everMillis = Math.max(steadyMillis, maxAbsMillis(true));
    int pairs = reels.stream().mapToInt(reel -> reel.offset().offsets().size()).sum();
    int flashes = reels.stream().mapToInt(reel -> reel.offset().flashes()).sum();
    boolean faults = !take.faults().isEmpty();
    return Finding.judged(
        "sound minus picture, by flash and beep",
        faults
            ? format(
                "at most %.1f ms, about faults %.1f ms, at %d of %d flashes",
                steadyMillis, everMillis, pairs, flashes)
            : format("at most %.1f ms, at %d of %d flashes", steadyMillis, pairs, flashes),
        faults ? "20 ms, ever 120 ms" : "20 ms",
        pairs >= MIN_PAIRS && steadyMillis <= AV_STEADY_MILLIS && everMillis <= AV_EVER_MILLIS);
  }

  /** Of pairs that a fault may have touched, or of those that none has. */
  private double maxAbsMillis(boolean touched) {
    return reels.stream()
        .flatMapToDouble(
            reel ->
                reel.offset().offsets().stream()
                    .filter(each -> isTouched(reel, each) == touched)
                    .mapToDouble(each -> Math.abs(each.offsetMillis())))
        .max()
        .orElse(0);
  }

  private boolean isTouched(Reel reel, AvOffset.Offset offset) {
    return reel.clipMicros(offset.flashMicros()).map(take::isTouched).orElse(true);
  }

  private Finding slots() {
    SlotCounts slots = take.slots();
    String counts =
        format("%d dubbed, %d bed, %d fallback", slots.dubbed(), slots.bed(), slots.fallback());
    return take.faults().isEmpty()
        ? Finding.judged(
            "slots on air", counts, "no fallback", slots.dubbed() > 0 && slots.fallback() == 0)
        : Finding.told("slots on air, of the last worker", counts);
  }

  private Finding level() {
    SoundLevel source = SoundLevel.of(take.source());
    SoundLevel mix = SoundLevel.of(take.dubbed().get(0).file());
    return Finding.told(
        "loudness of source and mix",
        format("%.1f and %.1f LUFS", source.integratedLufs(), mix.integratedLufs()));
  }

  private Finding peak() {
    double peakDbtp =
        take.dubbed().stream()
            .mapToDouble(file -> SoundLevel.of(file.file()).truePeakDbtp())
            .max()
            .orElse(0);
    return Finding.judged(
        "true peak of the mix",
        format("%.1f dBTP", peakDbtp),
        "-1 dBTP",
        peakDbtp <= MOST_PEAK_DBTP);
  }

  private Finding latency() {
    Map<Long, Long> forwarded = new HashMap<>();
    take.relayed().forEach(unit -> forwarded.putIfAbsent(unit.vclHash(), unit.forwardedNanos()));
    double delayMillis = take.delay().toNanos() / 1e6;
    double[] added =
        take.pictures().stream()
            .filter(tag -> forwarded.containsKey(tag.vclHash()))
            .flatMapToDouble(tag -> DoubleStream.of(ageMillis(forwarded, tag) - delayMillis))
            .sorted()
            .toArray();
    return Finding.told(
        "latency added to the delay, server to server",
        added.length == 0
            ? "nothing to compare"
            : format(
                "p50 %.0f ms, p95 %.0f ms, at most %.0f ms",
                added[added.length / 2],
                added[(int) (added.length * 0.95)],
                added[added.length - 1]));
  }

  private static double ageMillis(Map<Long, Long> forwarded, RtmpTag tag) {
    return (tag.arrivalNanos() - forwarded.getOrDefault(tag.vclHash(), 0L)) / 1e6;
  }
}
