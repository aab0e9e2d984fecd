package dev.livedub.testkit.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.gemini.voice.MarkedSpeechReader;
import dev.livedub.testkit.gemini.voice.MarkedVoice;
import dev.livedub.testkit.measure.DecodedFile;
import dev.livedub.testkit.measure.PcmSegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarkedClipTest {

  private static final int SECONDS = 8;
  private static final long SEED = 9;
  private static final long FIRST_PTS_MICROS = 1_000_000;

  private static ClipSpec clip(SoundCodec codec, int bitRate) {
    return ClipSpec.builder()
        .size(64, 64)
        .sound(codec, 48_000, 2)
        .soundBitRate(bitRate)
        .markedSpeech()
        .seed(SEED)
        .duration(Duration.ofSeconds(SECONDS))
        .build();
  }

  @ParameterizedTest
  @EnumSource(names = {"AAC", "MP3"})
  void markedClip_afterCoding_isReadMarkByMark(SoundCodec codec, @TempDir Path directory) {
    Path file = directory.resolve("clip.mkv");
    write(clip(codec, 64_000), file);
    PcmSegment sound = DecodedFile.read(file).sound().get(0);
    MarkedSpeechReader reader = new MarkedSpeechReader(sound.sampleRateHz(), MarkedVoice.SOURCE);
    reader.feed(sound.samples());
    List<Mark> marks = reader.finish();
    List<Integer> said = new MarkedSource(48_000, SEED).numbers(0, (SECONDS - 1) * 1_000_000L);
    assertThat(marks).extracting(Mark::number).startsWith(said.toArray(Integer[]::new));
    for (Mark mark : marks) {
      double heardMicros = sound.startMicros() - FIRST_PTS_MICROS + mark.startMicros();
      assertThat(heardMicros).isCloseTo(mark.sourceMicros(), within(15_000.0));
    }
  }

  @Test
  void utterances_ofMarkedClip_areTheSentencesOfItsSource() {
    List<MarkedSource.Sentence> sentences =
        new MarkedSource(48_000, SEED).sentences(SECONDS * 1_000_000L);
    assertThat(clip(SoundCodec.AAC, 128_000).utterances(SECONDS * 1_000_000L))
        .containsExactlyElementsOf(
            sentences.stream()
                .map(each -> new Utterance(each.startMicros(), each.endMicros()))
                .toList());
  }

  private static void write(ClipSpec spec, Path file) {
    try (IoDeadline deadline = new IoDeadline(Duration.ofSeconds(60));
        ClipSource source = ClipSource.finite(spec);
        ClipMuxer muxer =
            new ClipMuxer(
                source, file.toString(), "matroska", Map.of(), FIRST_PTS_MICROS, deadline)) {
      List<AccessUnit> units = new ArrayList<>();
      for (Optional<AccessUnit> u = source.next(); u.isPresent(); u = source.next()) {
        units.add(u.get());
      }
      units.forEach(muxer::write);
    }
  }
}
