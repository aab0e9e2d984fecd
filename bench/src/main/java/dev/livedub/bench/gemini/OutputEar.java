package dev.livedub.bench.gemini;

import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import dev.livedub.testkit.gemini.voice.MarkedSpeechReader;
import dev.livedub.testkit.gemini.voice.MarkedVoice;
import dev.livedub.testkit.measure.SoundStream;
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
final class OutputEar {

  /** How far below the speaker's own level the original may be and still count as full. */
  private static final double FULL_WITHIN_DB = 3;

  private static final double STEADY_DB = 0.5;
  private static final int FULL_SAMPLE_RATE_HZ = 48_000;

  private final List<Mark> source = new ArrayList<>();
  private final List<Mark> dub = new ArrayList<>();
  private @Nullable MarkedSpeechReader sourceReader;
  private @Nullable MarkedSpeechReader dubReader;
  private long firstMicros;

  private OutputEar() {}

  /**
   * What was heard, at times of the recording.
   *
   * @param source the speaker's syllables, at whatever level
   * @param dub the interpreter's
   */
  record Heard(List<Mark> source, List<Mark> dub) {

    /**
     * Time of the recording minus time of the source: the median over the speaker's syllables;
     * empty if none was heard.
     */
    Optional<Long> offsetMicros() {
      List<Long> offsets = source.stream().map(Mark::lagMicros).sorted().toList();
      return offsets.isEmpty() ? Optional.empty() : Optional.of(offsets.get(offsets.size() / 2));
    }
  }

  /** Listens to a whole file. */
  static Heard listen(Path file) {
    OutputEar ear = new OutputEar();
    SoundStream.read(file, ear::hear);
    return ear.heard();
  }

  /** Whether a syllable of the speaker's is as loud as it was said. */
  static boolean isFull(Mark mark) {
    return mark.levelDbfs() >= fullDbfs() - FULL_WITHIN_DB;
  }

  /**
   * Whether a syllable of the speaker's was as loud as it was said, or as loud as it is under the
   * dub, all the time; a ramp moves what is taken for its onset.
   */
  static boolean isSteady(Mark mark) {
    double below = Level.FULL_DBFS - mark.levelDbfs();
    return Math.abs(below) < STEADY_DB || Math.abs(below + GeminiRig.DUCK_DB) < STEADY_DB;
  }

  /** The speaker's own level. */
  static double fullDbfs() {
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
