package dev.livedub.cli.demo;

import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.measure.AvOffset;
import dev.livedub.testkit.measure.DecodedFile;
import dev.livedub.testkit.measure.MarkedEar;
import dev.livedub.testkit.measure.MediaPacket;
import dev.livedub.testkit.measure.PacketList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one connection published, as it is seen and heard.
 *
 * @param dubbed the connection's file and tags
 * @param packets of the file
 * @param offset distance of sound and picture
 * @param heard both voices
 * @param stretches where the output's time and the clip's run side by side, in order
 */
record Reel(
    DubbedFile dubbed,
    PacketList packets,
    AvOffset offset,
    MarkedEar.Heard heard,
    List<Stretch> stretches) {

  /** Times in milliseconds differ by so much at most. */
  private static final long ROUNDING_MICROS = 5_000;

  /**
   * A part of the output in which no source time is left out.
   *
   * @param shiftMicros output time minus clip time
   * @param fromMicros PTS of its first picture, on the output
   * @param toMicros PTS of its last picture
   */
  record Stretch(long shiftMicros, long fromMicros, long toMicros) {

    boolean holds(long outputMicros) {
      return outputMicros >= fromMicros && outputMicros <= toMicros;
    }
  }

  /** Looks at a file and listens to it. */
  static Reel of(DubbedFile dubbed, Map<Long, Long> published) {
    PacketList packets = PacketList.read(dubbed.file());
    return new Reel(
        dubbed,
        packets,
        AvOffset.measureAboveSpeech(DecodedFile.read(dubbed.file())),
        MarkedEar.listen(dubbed.file()),
        stretches(packets, published));
  }

  private static List<Stretch> stretches(PacketList packets, Map<Long, Long> published) {
    NavigableMap<Long, Long> shifts = new TreeMap<>();
    for (MediaPacket picture : packets.pictures()) {
      Long clipMicros = published.get(picture.hash());
      if (clipMicros != null && picture.ptsMicros().isPresent()) {
        long ptsMicros = picture.ptsMicros().getAsLong();
        shifts.put(ptsMicros, ptsMicros - clipMicros);
      }
    }
    List<Stretch> stretches = new ArrayList<>();
    for (Map.Entry<Long, Long> each : shifts.entrySet()) {
      Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
      if (last != null && Math.abs(last.shiftMicros() - each.getValue()) < ROUNDING_MICROS) {
        stretches.set(
            stretches.size() - 1,
            new Stretch(last.shiftMicros(), last.fromMicros(), each.getKey()));
      } else {
        stretches.add(new Stretch(each.getValue(), each.getKey(), each.getKey()));
      }
    }
    return List.copyOf(stretches);
  }

  /** The clip's time at an output time; empty where none of the clip's pictures is near. */
  Optional<Long> clipMicros(long outputMicros) {
    return stretches.stream()
        .filter(stretch -> stretch.holds(outputMicros))
        .findFirst()
        .map(stretch -> outputMicros - stretch.shiftMicros());
  }

  /** The interpreter's syllables in a stretch. */
  List<Mark> dubIn(Stretch stretch) {
    return heard.dub().stream().filter(mark -> stretch.holds(mark.startMicros())).toList();
  }
}
