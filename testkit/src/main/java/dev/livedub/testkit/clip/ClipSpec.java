package dev.livedub.testkit.clip;

import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.gemini.voice.MarkedSource.Pattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that makes a clip; two clips of one spec are equal, bit for bit.
 *
 * @param picture the picture, or nothing
 * @param sound the sound, or nothing
 * @param durationMicros the media time at which a file ends; a live source has no end
 * @param seed of noise and speech
 */
public record ClipSpec(
    Optional<PictureSpec> picture, Optional<SoundSpec> sound, long durationMicros, long seed) {

  public ClipSpec {
    if (picture.isEmpty() && sound.isEmpty()) {
      throw new IllegalArgumentException("neither picture nor sound");
    }
    if (durationMicros <= 0) {
      throw new IllegalArgumentException("durationMicros " + durationMicros);
    }
  }

  /** A builder that begins with 320x180 at 25/s, 3 B-frames, 2 s GOP, AAC 48 kHz stereo, 4 s. */
  public static Builder builder() {
    return new Builder();
  }

  /** The rate that flashes and beeps follow. */
  public FrameRate markRate() {
    return picture.map(PictureSpec::rate).orElse(new FrameRate(25, 1, false));
  }

  /** Media time of the flash of a second, in microseconds. */
  public long markMicros(long second) {
    return markRate().markTicks(second) * 100 / 9;
  }

  /** The utterances of the sound that begin before {@code untilMicros}. */
  public List<Utterance> utterances(long untilMicros) {
    long shiftMicros = sound.map(SoundSpec::shiftMicros).orElse(0L);
    if (sound.flatMap(SoundSpec::markedSpeech).isPresent()) {
      return speaker().sentences(untilMicros - shiftMicros).stream()
          .map(
              each ->
                  new Utterance(each.startMicros() + shiftMicros, each.endMicros() + shiftMicros))
          .toList();
    }
    SpeechPlan plan = new SpeechPlan(seed);
    List<Utterance> found = new ArrayList<>();
    while (true) {
      SpeechPlan.Phrase phrase = plan.next();
      if (phrase.startMicros() + shiftMicros >= untilMicros) {
        return found;
      }
      found.add(
          new Utterance(phrase.startMicros() + shiftMicros, phrase.endMicros() + shiftMicros));
    }
  }

  /**
   * Who speaks in a clip of marked speech, at its sound's rate.
   *
   * @throws java.util.NoSuchElementException if there is no marked speech
   */
  public MarkedSource speaker() {
    SoundSpec spoken = sound.orElseThrow();
    return new MarkedSource(spoken.sampleRateHz(), seed, spoken.markedSpeech().orElseThrow());
  }

  /** Collects a spec. Not for use by several threads. */
  public static final class Builder {
    private int width = 320;
    private int height = 180;
    private FrameRate rate = new FrameRate(25, 1, false);
    private int bFrames = 3;
    private int gopFrames = 50;
    private int pictureBitRate;
    private boolean reorderInfo = true;
    private boolean hasPicture = true;
    private Duration pictureStart = Duration.ZERO;
    private final List<PictureChange> changes = new ArrayList<>();
    private @Nullable SoundCodec codec = SoundCodec.AAC;
    private int sampleRateHz = 48_000;
    private int channels = 2;
    private int soundBitRate = 128_000;
    private Duration soundStart = Duration.ZERO;
    private Duration soundShift = Duration.ZERO;
    private Optional<Pattern> markedSpeech = Optional.empty();
    private double musicRms;
    private SoundSpec.Beeps beeps = SoundSpec.Beeps.AMONG_SPEECH;
    private Duration duration = Duration.ofSeconds(4);
    private long seed = 1;

    private Builder() {}

    /** Sets the size of the picture. */
    public Builder size(int width, int height) {
      this.width = width;
      this.height = height;
      return this;
    }

    /** Sets a constant rate. */
    public Builder frameRate(int numerator, int denominator) {
      this.rate = new FrameRate(numerator, denominator, false);
      return this;
    }

    /** Makes the pictures come irregularly, at most at this rate. */
    public Builder variableFrameRate(int perSecond) {
      this.rate = new FrameRate(perSecond, 1, true);
      return this;
    }

    /** Sets the number of B-frames between references, 0 to 3. */
    public Builder bFrames(int bFrames) {
      this.bFrames = bFrames;
      return this;
    }

    /** Sets the number of pictures from one IDR to the next. */
    public Builder gopFrames(int gopFrames) {
      this.gopFrames = gopFrames;
      return this;
    }

    /** Fills the picture up with noise to this rate. */
    public Builder pictureBitRate(int bitsPerSecond) {
      this.pictureBitRate = bitsPerSecond;
      return this;
    }

    /** Leaves the reorder depth out of the SPS. */
    public Builder withoutReorderInfo() {
      this.reorderInfo = false;
      return this;
    }

    /** Leaves the picture out. */
    public Builder withoutPicture() {
      this.hasPicture = false;
      return this;
    }

    /** Lets the picture begin late. */
    public Builder pictureStart(Duration start) {
      this.pictureStart = start;
      return this;
    }

    /** Changes the size, and with it the SPS, in mid-stream. */
    public Builder sizeChange(Duration at, int width, int height) {
      changes.add(new PictureChange(micros(at), width, height));
      return this;
    }

    /** Sets codec, rate and number of channels of the sound. */
    public Builder sound(SoundCodec codec, int sampleRateHz, int channels) {
      this.codec = codec;
      this.sampleRateHz = sampleRateHz;
      this.channels = channels;
      return this;
    }

    /** Sets the bit rate of the sound. */
    public Builder soundBitRate(int bitsPerSecond) {
      this.soundBitRate = bitsPerSecond;
      return this;
    }

    /**
     * Speaks numbered half seconds, as {@code MarkedSource} does with the clip's seed, and leaves
     * the beeps out: what hears or plays the clip can tell which half second of it that is.
     */
    public Builder markedSpeech() {
      return markedSpeech(Pattern.NATURAL);
    }

    /** The same, said in other sentences. */
    public Builder markedSpeech(Pattern pattern) {
      this.markedSpeech = Optional.of(pattern);
      this.beeps = SoundSpec.Beeps.NONE;
      return this;
    }

    /**
     * Speaks numbered half seconds, with beeps so high above speech that neither hides the other.
     */
    public Builder markedSpeechAndBeeps() {
      markedSpeech();
      this.beeps = SoundSpec.Beeps.ABOVE_SPEECH;
      return this;
    }

    /** Lays music of that RMS under everything else; full scale is 1. */
    public Builder music(double rms) {
      this.musicRms = rms;
      return this;
    }

    /** Leaves the sound out. */
    public Builder withoutSound() {
      this.codec = null;
      return this;
    }

    /** Lets the sound begin late. */
    public Builder soundStart(Duration start) {
      this.soundStart = start;
      return this;
    }

    /** Plants an error: beeps come this much after the flashes, or before them if negative. */
    public Builder soundShift(Duration shift) {
      this.soundShift = shift;
      return this;
    }

    /** Sets the length of a file. */
    public Builder duration(Duration duration) {
      this.duration = duration;
      return this;
    }

    /** Sets the seed of noise and speech. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** The spec; what does not fit together is an {@link IllegalArgumentException}. */
    public ClipSpec build() {
      Optional<PictureSpec> picture =
          hasPicture
              ? Optional.of(
                  new PictureSpec(
                      width,
                      height,
                      rate,
                      bFrames,
                      gopFrames,
                      pictureBitRate,
                      reorderInfo,
                      micros(pictureStart),
                      changes))
              : Optional.empty();
      Optional<SoundSpec> sound =
          codec == null
              ? Optional.empty()
              : Optional.of(
                  new SoundSpec(
                      codec,
                      sampleRateHz,
                      channels,
                      soundBitRate,
                      micros(soundStart),
                      micros(soundShift),
                      markedSpeech,
                      musicRms,
                      beeps));
      return new ClipSpec(picture, sound, micros(duration), seed);
    }

    private static long micros(Duration duration) {
      return duration.toNanos() / 1_000;
    }
  }
}
