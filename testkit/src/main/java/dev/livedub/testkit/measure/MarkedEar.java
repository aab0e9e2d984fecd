package dev.livedub.testkit.measure;

import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import dev.livedub.testkit.gemini.voice.MarkedSpeechReader;
import dev.livedub.testkit.gemini.voice.MarkedVoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a recording for the marks of the speaker and of the interpreter.
 *
 * <p><b>Threading:</b> not for use by several threads.
 */
public final class MarkedEar {

  /** How far below the speaker's own level the original may be and still count as full. */
  private static final double FULL_WITHIN_DB = 3;

  private static final int FULL_SAMPLE_RATE_HZ = 48_000;

  private final List<Mark> source = new ArrayList<>();
  private final List<Mark> dub = new ArrayList<>();
  private @Nullable MarkedSpeechReader sourceReader;
  private @Nullable MarkedSpeechReader dubReader;
  private long firstMicros;

  private MarkedEar() {}

  /**
   * What was heard, at times of the recording.
   *
   * @param source the speaker's syllables, at whatever level
   * @param dub the interpreter's
   */
  public record Heard(List<Mark> source, List<Mark> dub) {

    /**
     * Time of the recording minus time of the source: the median over the speaker's syllables;
     * empty if none was heard.
     */
    public Optional<Long> offsetMicros() {
      List<Long> offsets = source.stream().map(Mark::lagMicros).sorted().toList();
      return offsets.isEmpty() ? Optional.empty() : Optional.of(offsets.get(offsets.size() / 2));
    }
  }

  /** Listens to a whole file. */
  public static Heard listen(Path file) {
    MarkedEar ear = new MarkedEar();
    SoundStream.read(file, ear::hear);
    return ear.heard();
  }

  /** Whether a syllable of the speaker's is as loud as it was said. */
  public static boolean isFull(Mark mark) {
    return mark.levelDbfs() >= fullDbfs() - FULL_WITHIN_DB;
  }

  /** The speaker's own level, RMS. */
  public static double fullDbfs() {
    return Level.FULL_DBFS;
  }

  private static final class Level {
    static final double FULL_DBFS = measure();

    private static double measure() {
      MarkedSpeechReader reader = new MarkedSpeechReader(FULL_SAMPLE_RATE_HZ, MarkedVoice.SOURCE);
      reader.feed(new MarkedSpeech(FULL_SAMPLE_RATE_HZ, MarkedVoice.SOURCE).syllable(1));
      return reader.finish().get(0).levelDbfs();
    }
  }

  private void hear(long ptsMicros, float[] mono, int sampleRateHz) {
    if (sourceReader == null || dubReader == null) {
      firstMicros = ptsMicros;
      sourceReader = new MarkedSpeechReader(sampleRateHz, MarkedVoice.SOURCE);
      dubReader = new MarkedSpeechReader(sampleRateHz, MarkedVoice.DUB);
    }
    sourceReader.feed(mono);
    dubReader.feed(mono);
    keep(sourceReader.take(), source);
    keep(dubReader.take(), dub);
  }

  private Heard heard() {
    if (sourceReader != null && dubReader != null) {
      keep(sourceReader.finish(), source);
      keep(dubReader.finish(), dub);
    }
    return new Heard(source, dub);
  }

  private void keep(List<Mark> marks, List<Mark> where) {
    for (Mark mark : marks) {
      where.add(
          new Mark(
              mark.number(),
              mark.startMicros() + firstMicros,
              mark.endMicros() + firstMicros,
              mark.levelDbfs()));
    }
  }
}
