package dev.livedub.testkit.clip;

import dev.livedub.testkit.gemini.voice.MarkedSource.Pattern;
import java.util.Optional;

/**
 * What a clip's sound is.
 *
 * @param codec the codec
 * @param sampleRateHz the rate, one that the codec knows
 * @param channels 1, 2 or 6
 * @param bitRate bits a second; without meaning for G.711
 * @param startMicros the media time at which the sound begins
 * @param shiftMicros how much later than the picture's flashes the beeps are: a planted error
 * @param markedSpeech how it speaks as {@code MarkedSource} does; empty if not
 * @param musicRms of music under everything, full scale being 1; 0 for none
 * @param beeps which beeps it has
 */
public record SoundSpec(
    SoundCodec codec,
    int sampleRateHz,
    int channels,
    int bitRate,
    long startMicros,
    long shiftMicros,
    Optional<Pattern> markedSpeech,
    double musicRms,
    Beeps beeps) {

  /** The beeps that go with the picture's flashes, one a second. */
  public enum Beeps {
    NONE,
    /** At 1 kHz, in the middle of speech, which keeps away from them. */
    AMONG_SPEECH,
    /** Short and quiet at 10 kHz, above everything that an interpreter is sent, over the speech. */
    ABOVE_SPEECH
  }

  public SoundSpec {
    if (sampleRateHz < 8_000 || sampleRateHz > 96_000) {
      throw new IllegalArgumentException("sampleRateHz " + sampleRateHz);
    }
    if (channels < 1 || channels > 8) {
      throw new IllegalArgumentException("channels " + channels);
    }
    if (musicRms < 0 || musicRms > 0.5) {
      throw new IllegalArgumentException("musicRms " + musicRms);
    }
    if (startMicros < 0) {
      throw new IllegalArgumentException("startMicros " + startMicros);
    }
  }
}
