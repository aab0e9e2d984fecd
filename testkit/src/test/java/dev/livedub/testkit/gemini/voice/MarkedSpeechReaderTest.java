package dev.livedub.testkit.gemini.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.clip.SoundCodec;
import dev.livedub.testkit.clip.SoundSynth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedSpeechReaderTest {

  private static final int SECONDS = 20;
  private static final long ONSET_TOLERANCE_MICROS = 10_000;

  @ParameterizedTest
  @ValueSource(ints = {16_000, 24_000, 44_100, 48_000})
  void read_ofSource_givesEveryNumberAtItsOnset(int sampleRateHz) {
    MarkedSource source = new MarkedSource(sampleRateHz, 7);
    short[] pcm = source.pcm(0, SECONDS * sampleRateHz);
    List<Mark> marks = MarkedSpeechReader.read(pcm, sampleRateHz, MarkedVoice.SOURCE);
    assertThat(marks)
        .extracting(Mark::number)
        .containsExactlyElementsOf(source.numbers(0, SECONDS * 1_000_000L));
    for (Mark mark : marks) {
      assertThat(mark.startMicros()).isCloseTo(mark.sourceMicros(), within(ONSET_TOLERANCE_MICROS));
      assertThat(mark.endMicros() - mark.startMicros()).isCloseTo(400_000, within(20_000L));
      assertThat(mark.levelDbfs()).isCloseTo(-18, within(1.5));
    }
  }

  @Test
  void read_ofTheOtherVoice_isNothing() {
    short[] pcm = new MarkedSource(24_000, 7).pcm(0, SECONDS * 24_000);
    assertThat(MarkedSpeechReader.read(pcm, 24_000, MarkedVoice.DUB)).isEmpty();
  }

  @Test
  void read_ofMix_tellsDubFromDuckedSource() {
    int rateHz = 48_000;
    MarkedSource source = new MarkedSource(rateHz, 3);
    float[] mix = new float[SECONDS * rateHz];
    source.render(0, mix);
    scale(mix, 0.126f);
    addChord(mix, rateHz);
    float[] dub = new float[mix.length];
    List<Integer> said = say(dub, rateHz, 3_456_700);
    for (int i = 0; i < mix.length; i++) {
      mix[i] += dub[i];
    }
    MarkedSpeechReader reader = new MarkedSpeechReader(rateHz, MarkedVoice.DUB);
    reader.feed(mix);
    List<Mark> marks = reader.finish();
    assertThat(marks).extracting(Mark::number).containsExactlyElementsOf(said);
    for (int i = 0; i < marks.size(); i++) {
      assertThat(marks.get(i).startMicros())
          .isCloseTo(3_456_700L + i * 530_000L, within(ONSET_TOLERANCE_MICROS));
    }
    MarkedSpeechReader sourceReader = new MarkedSpeechReader(rateHz, MarkedVoice.SOURCE);
    sourceReader.feed(mix);
    assertThat(sourceReader.finish())
        .extracting(Mark::number)
        .containsExactlyElementsOf(source.numbers(0, SECONDS * 1_000_000L));
  }

  @Test
  void read_tenTimesQuieter_isTheSame() {
    float[] dub = new float[10 * 24_000];
    List<Integer> said = say(dub, 24_000, 500_000);
    scale(dub, 0.1f);
    MarkedSpeechReader reader = new MarkedSpeechReader(24_000, MarkedVoice.DUB);
    reader.feed(dub);
    assertThat(reader.finish()).extracting(Mark::number).containsExactlyElementsOf(said);
  }

  @Test
  void read_ofNoise_isNothing() {
    Random random = new Random(5);
    float[] noise = new float[60 * 24_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (random.nextGaussian() * 0.1);
    }
    for (MarkedVoice voice : MarkedVoice.values()) {
      MarkedSpeechReader reader = new MarkedSpeechReader(24_000, voice);
      reader.feed(noise);
      assertThat(reader.finish()).isEmpty();
    }
  }

  @Test
  void read_ofOtherSpeechBeepsAndChords_isNothing() {
    ClipSpec clip = ClipSpec.builder().sound(SoundCodec.AAC, 48_000, 1).withoutPicture().build();
    SoundSynth synth = new SoundSynth(clip);
    float[] mono = new float[60 * 48_000];
    synth.render(mono);
    for (MarkedVoice voice : MarkedVoice.values()) {
      MarkedSpeechReader reader = new MarkedSpeechReader(48_000, voice);
      reader.feed(mono);
      assertThat(reader.finish()).isEmpty();
    }
  }

  @Test
  void take_ofOneSyllableSaidTwice_givesBoth() {
    float[] sound = new float[3 * 24_000];
    float[] syllable = new MarkedSpeech(24_000, MarkedVoice.DUB).syllable(1234);
    System.arraycopy(syllable, 0, sound, 6_000, syllable.length);
    System.arraycopy(syllable, 0, sound, 36_000, syllable.length);
    MarkedSpeechReader reader = new MarkedSpeechReader(24_000, MarkedVoice.DUB);
    reader.feed(sound);
    assertThat(reader.finish()).extracting(Mark::number).containsExactly(1234, 1234);
  }

  private static List<Integer> say(float[] into, int rateHz, long fromMicros) {
    MarkedSpeech voice = new MarkedSpeech(rateHz, MarkedVoice.DUB);
    List<Integer> said = new ArrayList<>();
    for (int i = 0; ; i++) {
      int at = (int) ((fromMicros + i * 530_000L) * rateHz / 1_000_000);
      int number = (i * 4_099 + 13) % MarkedSpeech.NUMBERS;
      float[] syllable = voice.syllable(number);
      if (at + syllable.length > into.length) {
        return said;
      }
      System.arraycopy(syllable, 0, into, at, syllable.length);
      said.add(number);
    }
  }

  private static void addChord(float[] mix, int rateHz) {
    double[] tonesHz = {196, 246.94, 293.66, 392, 440, 659.26};
    for (int i = 0; i < mix.length; i++) {
      for (double toneHz : tonesHz) {
        mix[i] += (float) (0.002 * Math.sin(2 * Math.PI * toneHz * i / rateHz));
      }
    }
  }

  private static void scale(float[] samples, float gain) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= gain;
    }
  }
}
