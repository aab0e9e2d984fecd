package dev.livedub.testkit.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Whether the times of one stream can be played, and whether they are the source's.
 *
 * @param packets packets looked at
 * @param withoutTimes packets that lack PTS or DTS
 * @param dtsNotRising packets whose DTS is not later than the one before
 * @param ptsBeforeDts packets that would have to be shown before they are decoded
 * @param compared packets found in the source by their hash; 0 if there was no source
 * @param ptsSpreadMicros how much the distance between source PTS and output PTS varied
 * @param dtsSpreadMicros likewise for DTS
 * @param toleranceMicros what rounding in both containers may cause
 */
public record TimestampOrder(
    int packets,
    int withoutTimes,
    int dtsNotRising,
    int ptsBeforeDts,
    int compared,
    long ptsSpreadMicros,
    long dtsSpreadMicros,
    double toleranceMicros) {

  /** Looks at an output alone. */
  public static TimestampOrder of(List<MediaPacket> output) {
    return of(List.of(), output, 0);
  }

  /**
   * Looks at an output and compares it with its source.
   *
   * @param toleranceMicros the sum of what source and output round their times to
   */
  public static TimestampOrder of(
      List<MediaPacket> source, List<MediaPacket> output, double toleranceMicros) {
    int withoutTimes = 0;
    int notRising = 0;
    int ptsBeforeDts = 0;
    OptionalLong last = OptionalLong.empty();
    for (MediaPacket packet : output) {
      if (packet.ptsMicros().isEmpty() || packet.dtsMicros().isEmpty()) {
        withoutTimes++;
        continue;
      }
      long dts = packet.dtsMicros().getAsLong();
      if (last.isPresent() && dts <= last.getAsLong()) {
        notRising++;
      }
      if (packet.ptsMicros().getAsLong() < dts) {
        ptsBeforeDts++;
      }
      last = packet.dtsMicros();
    }
    Spread pts = new Spread();
    Spread dts = new Spread();
    Map<Long, MediaPacket> unique = uniqueByHash(source);
    for (Map.Entry<Long, MediaPacket> entry : uniqueByHash(output).entrySet()) {
      MediaPacket origin = unique.get(entry.getKey());
      if (origin != null) {
        pts.add(origin.ptsMicros(), entry.getValue().ptsMicros());
        dts.add(origin.dtsMicros(), entry.getValue().dtsMicros());
      }
    }
    return new TimestampOrder(
        output.size(),
        withoutTimes,
        notRising,
        ptsBeforeDts,
        pts.count,
        pts.micros(),
        dts.micros(),
        toleranceMicros);
  }

  /** Whether order is right and, if there was a source, the distances are kept. */
  public boolean isFaultless() {
    return packets > 0
        && withoutTimes == 0
        && dtsNotRising == 0
        && ptsBeforeDts == 0
        && ptsSpreadMicros <= toleranceMicros + 1
        && dtsSpreadMicros <= toleranceMicros + 1;
  }

  @Override
  public String toString() {
    return (isFaultless() ? "times in order: " : "times NOT in order: ")
        + packets
        + " packets, "
        + withoutTimes
        + " without times, "
        + dtsNotRising
        + " DTS not rising, "
        + ptsBeforeDts
        + " PTS before DTS; against the source "
        + compared
        + " packets, PTS distance varies by "
        + ptsSpreadMicros
        + " µs, DTS by "
        + dtsSpreadMicros
        + " µs (rounding "
        + Math.round(toleranceMicros)
        + " µs)";
  }

  /** Packets whose hash occurs once; equal ones could not be told apart. */
  private static Map<Long, MediaPacket> uniqueByHash(List<MediaPacket> packets) {
    Map<Long, Integer> counts = new HashMap<>();
    packets.forEach(p -> counts.merge(p.hash(), 1, Integer::sum));
    Map<Long, MediaPacket> unique = new HashMap<>();
    for (MediaPacket packet : packets) {
      if (counts.getOrDefault(packet.hash(), 0) == 1) {
        unique.put(packet.hash(), packet);
      }
    }
    return unique;
  }

  private static final class Spread {
    private long least = Long.MAX_VALUE;
    private long most = Long.MIN_VALUE;
    private int count;

    void add(OptionalLong from, OptionalLong to) {
      if (from.isPresent() && to.isPresent()) {
        long distance = to.getAsLong() - from.getAsLong();
        least = Math.min(least, distance);
        most = Math.max(most, distance);
        count++;
      }
    }

    long micros() {
      return count == 0 ? 0 : most - least;
    }
  }
}
