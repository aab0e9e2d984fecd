package dev.livedub.cli.demo;

import dev.livedub.testkit.clip.SoundSynth;
import dev.livedub.testkit.clip.Utterance;
import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.measure.SoundStream;
import dev.livedub.testkit.picture.SoundPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Draws a stretch of source, dub and mix, one below the other, on the output's axis of time. */
final class Gallery {

  private static final int SAMPLE_RATE_HZ = 48_000;
  private static final int MOST_SECONDS = 16;
  private static final long LATEST_LAG_MICROS = 1_500_000;

  /** Ten milliseconds: a whole number of periods of the speaker's partials. */
  private static final int COMB_SAMPLES = SAMPLE_RATE_HZ / 100;

  private Gallery() {}

  /** Draws the beginning of what a connection published. */
  static void draw(Take take, Reel reel, Path png) throws IOException {
    Reel.Stretch stretch = reel.stretches().get(0);
    double fromSeconds = Math.ceil(stretch.fromMicros() / 1e6);
    long lengthMicros = stretch.toMicros() - (long) (fromSeconds * 1e6);
    int seconds = (int) Math.max(1, Math.min(MOST_SECONDS, lengthMicros / 1_000_000));
    float[] mix = mix(reel.dubbed().file(), fromSeconds, seconds);
    SoundPicture picture =
        new SoundPicture(
                "livedub demo: source, dub and mix, " + seconds + " s of the output",
                SAMPLE_RATE_HZ,
                fromSeconds)
            .sound("source", source(fromSeconds - stretch.shiftMicros() / 1e6, seconds))
            .sound("dub", dub(mix))
            .sound("mix", mix);
    long endMicros = (long) ((fromSeconds + seconds) * 1e6) - stretch.shiftMicros();
    for (Utterance utterance : Programme.CLIP.utterances(endMicros)) {
      double at = (utterance.startMicros() + stretch.shiftMicros()) / 1e6;
      if (at >= fromSeconds) {
        picture.moment(label(reel, utterance, stretch), at);
      }
    }
    picture.save(png);
  }

  private static String label(Reel reel, Utterance utterance, Reel.Stretch stretch) {
    long onsetMicros = utterance.startMicros() + stretch.shiftMicros();
    Optional<Mark> dub =
        reel.heard().dub().stream()
            .filter(mark -> mark.sourceMicros() == utterance.startMicros())
            .filter(mark -> Math.abs(mark.startMicros() - onsetMicros) < LATEST_LAG_MICROS)
            .findFirst();
    return dub.map(mark -> Judge.format("dub %+.0f ms", (mark.startMicros() - onsetMicros) / 1e3))
        .orElse("speech");
  }

  /** The clip's sound, made once more. */
  private static float[] source(double fromSeconds, int seconds) {
    int channels = Programme.CLIP.sound().orElseThrow().channels();
    long first = Math.round(fromSeconds * SAMPLE_RATE_HZ);
    SoundSynth synth = new SoundSynth(Programme.CLIP);
    float[] one = new float[channels];
    float[] mono = new float[seconds * SAMPLE_RATE_HZ];
    while (synth.position() < first + mono.length) {
      long at = synth.position() - first;
      synth.render(one);
      if (at >= 0) {
        for (float sample : one) {
          mono[(int) at] += sample / channels;
        }
      }
    }
    return mono;
  }

  private static float[] mix(Path file, double fromSeconds, int seconds) {
    float[] mono = new float[seconds * SAMPLE_RATE_HZ];
    SoundStream.read(
        file,
        (ptsMicros, samples, sampleRateHz) -> {
          long first = Math.round((ptsMicros / 1e6 - fromSeconds) * SAMPLE_RATE_HZ);
          for (int i = 0; i < samples.length; i++) {
            if (first + i >= 0 && first + i < mono.length) {
              mono[(int) first + i] = samples[i];
            }
          }
        });
    return mono;
  }

  /**
   * The interpreter alone: its partials lie half-way between those of the speaker, which a comb
   * filter takes away, as it does most of the chord.
   */
  private static float[] dub(float[] mix) {
    float[] dub = new float[mix.length];
    for (int i = COMB_SAMPLES; i < mix.length; i++) {
      dub[i] = (mix[i] - mix[i - COMB_SAMPLES]) / 2;
    }
    return dub;
  }
}
