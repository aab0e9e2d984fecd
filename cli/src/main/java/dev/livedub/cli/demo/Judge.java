package dev.livedub.cli.demo;

import dev.livedub.cli.demo.Finding.Verdict;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.testkit.clip.Utterance;
import dev.livedub.testkit.measure.AccessUnitIdentity;
import dev.livedub.testkit.measure.AvOffset;
import dev.livedub.testkit.measure.DecodedFile;
import dev.livedub.testkit.measure.MediaPacket;
import dev.livedub.testkit.measure.PacketList;
import dev.livedub.testkit.measure.PcmSegment;
import dev.livedub.testkit.measure.SoundGaps;
import dev.livedub.testkit.measure.TimestampOrder;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtsp.AccessUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Measures a {@link Recording} and holds it to what livedub promises. */
final class Judge {

  private static final double AV_STEADY_MILLIS = 20;
  private static final double AV_EVER_MILLIS = 120;
  private static final int MIN_PAIRS = 3;

  /** The tone peaks at −15 dBFS; where it is, little may be missing from that. */
  private static final double TONE_HEARD_DBFS = -21;

  /** How far the tone must stand out from what lies beside it, lest speech be taken for it. */
  private static final double TONE_ABOVE_NEIGHBOURS_DB = 15;

  private static final double NEIGHBOUR_HZ = 30;

  /** Speech detection and cross-fades may take this much of an utterance's ends. */
  private static final long EDGE_MICROS = 350_000;

  private final Recording recording;

  Judge(Recording recording) {
    this.recording = recording;
  }

  /** Everything measured, in the order of the table. */
  List<Finding> findings() {
    PacketList packets = PacketList.read(recording.file());
    DecodedFile decoded = DecodedFile.read(recording.file());
    List<Finding> findings = new ArrayList<>();
    findings.add(identity());
    findings.add(order(packets));
    findings.add(gaps(packets));
    findings.add(offset(AvOffset.measure(withoutTone(decoded))));
    findings.add(slots());
    findings.add(tone(packets, decoded.sound()));
    findings.add(latency());
    findings.add(
        Finding.told(
            "start to first picture, keyframe wait in, delay out",
            millis(recording.startUp().toNanos() / 1e6)));
    double cores = recording.cpu().toNanos() / (double) recording.wall().toNanos();
    findings.add(
        Finding.told(
            "CPU of this process, servers and publisher too",
            format("%.0f %% of one core", 100 * cores)));
    findings.add(
        Finding.judged(
            "exit",
            recording.exit().code().code() + " " + recording.exit().message(),
            "0",
            recording.exit().code().code() == 0));
    return findings;
  }

  static boolean holds(List<Finding> findings) {
    return findings.stream().noneMatch(finding -> finding.verdict() == Verdict.FAIL);
  }

  private Finding identity() {
    AccessUnitIdentity identity =
        AccessUnitIdentity.compare(
            recording.source().stream().map(AccessUnit::vclHash).toList(),
            recording.output().stream().map(RtmpTag::vclHash).toList());
    int wrong = identity.changed() + identity.extra() + identity.reordered();
    return Finding.judged(
        "pictures bit for bit as they came",
        format(
            "%d of %d, %d missing, %d wrong",
            identity.matched(), identity.outputSize(), identity.missing(), wrong),
        "all, none missing",
        identity.isIdentical());
  }

  private static Finding order(PacketList packets) {
    TimestampOrder pictures = TimestampOrder.of(packets.pictures());
    TimestampOrder sounds = TimestampOrder.of(packets.sounds());
    return Finding.judged(
        "timestamps in order",
        format(
            "%d pictures, %d sounds, %d out of order",
            pictures.packets(), sounds.packets(), pictures.dtsNotRising() + sounds.dtsNotRising()),
        "none out of order",
        pictures.isFaultless() && sounds.isFaultless());
  }

  private static Finding gaps(PacketList packets) {
    SoundGaps gaps = SoundGaps.of(packets);
    return Finding.judged(
        "sound without a gap",
        format(
            "%d samples missing, %d twice in %d frames",
            gaps.holeSamples(), gaps.overlapSamples(), gaps.frames()),
        "none",
        gaps.isGapless());
  }

  /**
   * Until the first RTCP sender report nobody can know exactly how sound and picture of an RTSP
   * source belong together; so the second half has to be steady and the first only bearable.
   */
  private static Finding offset(AvOffset offset) {
    List<AvOffset.Offset> all = offset.offsets();
    double steadyMillis = maxAbsMillis(all.subList(all.size() / 2, all.size()));
    double everMillis = maxAbsMillis(all);
    return Finding.judged(
        "sound minus picture, by flash and beep",
        format(
            "second half at most %.1f ms, ever %.1f ms, in %d of %d flashes",
            steadyMillis, everMillis, all.size(), offset.flashes()),
        "20 ms, ever 120 ms",
        all.size() >= MIN_PAIRS
            && steadyMillis <= AV_STEADY_MILLIS
            && everMillis <= AV_EVER_MILLIS);
  }

  private static double maxAbsMillis(List<AvOffset.Offset> offsets) {
    return offsets.stream()
        .mapToDouble(each -> Math.abs(each.offsetMillis()))
        .max()
        .orElse(Double.NaN);
  }

  private Finding slots() {
    SlotCounts slots = recording.status().slots();
    return Finding.judged(
        "slots on air",
        format("%d dubbed, %d bed, %d fallback", slots.dubbed(), slots.bed(), slots.fallback()),
        "no fallback",
        slots.dubbed() > 0 && slots.fallback() == 0);
  }

  /** The tone would hide the beeps, which are far enough away from it to be kept. */
  private static DecodedFile withoutTone(DecodedFile decoded) {
    return new DecodedFile(
        decoded.pictures(),
        decoded.sound().stream().map(each -> each.without(ToneTranslator.TONE_HZ)).toList());
  }

  /** Where the source speaks the tone must be heard. */
  private Finding tone(PacketList packets, List<PcmSegment> sound) {
    List<Double> levels = new ArrayList<>();
    int heard = 0;
    for (Utterance utterance : utterancesOnAir(packets)) {
      long from = utterance.startMicros() + EDGE_MICROS;
      long to = utterance.endMicros() - EDGE_MICROS;
      OptionalDouble level = ToneLevel.dbfs(sound, ToneTranslator.TONE_HZ, from, to);
      if (to - from >= EDGE_MICROS && level.isPresent()) {
        levels.add(level.getAsDouble());
        heard += isHeard(sound, level.getAsDouble(), from, to) ? 1 : 0;
      }
    }
    return Finding.judged(
        "440 Hz tone heard where the source speaks",
        format("%d of %d utterances, median %.1f dBFS", heard, levels.size(), median(levels)),
        "all",
        !levels.isEmpty() && heard == levels.size());
  }

  private static boolean isHeard(List<PcmSegment> sound, double dbfs, long from, long to) {
    double below = ToneLevel.dbfs(sound, ToneTranslator.TONE_HZ - NEIGHBOUR_HZ, from, to).orElse(0);
    double above = ToneLevel.dbfs(sound, ToneTranslator.TONE_HZ + NEIGHBOUR_HZ, from, to).orElse(0);
    return dbfs >= TONE_HEARD_DBFS && dbfs - Math.max(below, above) >= TONE_ABOVE_NEIGHBOURS_DB;
  }

  /** The clip's utterances on the output's timeline. */
  private List<Utterance> utterancesOnAir(PacketList packets) {
    OptionalLong shift = shiftMicros(packets);
    if (shift.isEmpty()) {
      return List.of();
    }
    long shiftMicros = shift.getAsLong();
    long endMicros =
        recording.published().values().stream().mapToLong(each -> each).max().orElse(0);
    return recording.clip().utterances(endMicros).stream()
        .map(
            each -> new Utterance(each.startMicros() + shiftMicros, each.endMicros() + shiftMicros))
        .toList();
  }

  /** Output time minus the clip's own time, by the first picture that is known. */
  private OptionalLong shiftMicros(PacketList packets) {
    for (MediaPacket picture : packets.pictures()) {
      Long clipMicros = recording.published().get(picture.hash());
      if (clipMicros != null && picture.ptsMicros().isPresent()) {
        return OptionalLong.of(picture.ptsMicros().getAsLong() - clipMicros);
      }
    }
    return OptionalLong.empty();
  }

  private Finding latency() {
    Map<Long, Long> forwarded = new HashMap<>();
    recording
        .source()
        .forEach(unit -> forwarded.putIfAbsent(unit.vclHash(), unit.forwardedNanos()));
    double delayMillis = recording.delay().toNanos() / 1e6;
    double[] added =
        recording.output().stream()
            .filter(tag -> forwarded.containsKey(tag.vclHash()))
            .mapToDouble(
                tag ->
                    (tag.arrivalNanos() - forwarded.getOrDefault(tag.vclHash(), 0L)) / 1e6
                        - delayMillis)
            .sorted()
            .toArray();
    if (added.length == 0) {
      return Finding.judged("added latency", "nothing to compare", "known", false);
    }
    return Finding.told(
        "latency added to the delay, server to server",
        format(
            "p50 %.0f ms, p95 %.0f ms, at most %.0f ms",
            added[added.length / 2], added[(int) (added.length * 0.95)], added[added.length - 1]));
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(each -> each).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private static String millis(double value) {
    return format("%.0f ms", value);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
