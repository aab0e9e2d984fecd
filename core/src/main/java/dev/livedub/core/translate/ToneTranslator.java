package dev.livedub.core.translate;

import dev.livedub.core.pcm.SpeechDetector;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Finished;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.SourceKept;
import java.util.OptionalLong;

/**
 * Says a 440 Hz tone wherever the source speaks; the rest is kept.
 *
 * <p>The tone's phase depends on media time alone, so it is the same in every run and continuous
 * from chunk to chunk. It fades in and out over 5 ms where speech begins and ends; for that the
 * last 5 ms of each chunk wait for the next one.
 *
 * <p><b>Threading:</b> as {@link Translator}; events come from inside {@code start}, {@code send}
 * and {@code finish}.
 */
public final class ToneTranslator implements Translator {

  /** Frequency of the tone. */
  public static final double TONE_HZ = 440;

  /** Peak of the tone: −15 dBFS, about as loud as speech. */
  public static final double AMPLITUDE = 32_768 * Math.pow(10, -15 / 20.0);

  private static final int FADE_SAMPLES = DubAudio.SAMPLE_RATE_HZ / 200;
  private static final long FADE_MICROS = 5_000;

  private final LocalSession session = new LocalSession();
  private final SpeechDetector detector = new SpeechDetector();
  private boolean sounding;
  private long nextMicros;

  @Override
  public void start(TranslatorListener listener) {
    session.start(listener);
    session.emit(new Health(Health.State.READY, "tone"));
  }

  @Override
  public SendResult send(SpeechChunk chunk) {
    if (!session.isOpen()) {
      return SendResult.CLOSED;
    }
    boolean speech = detector.isSpeech(chunk.samples());
    boolean adjacent = chunk.mediaMicros() == nextMicros;
    if (sounding && adjacent && !speech) {
      fadeOut();
    }
    if (speech) {
      say(chunk, sounding && adjacent);
    } else {
      sounding = false;
      session.emit(new SourceKept(chunk.mediaMicros(), chunk.endMicros()));
    }
    return SendResult.ACCEPTED;
  }

  @Override
  public void finish() {
    if (sounding) {
      fadeOut();
    }
    if (session.finish()) {
      session.emit(new Finished());
    }
  }

  @Override
  public void close() {
    session.close();
  }

  /** Sounds from where the tone stopped, or from the chunk's start, to 5 ms before its end. */
  private void say(SpeechChunk chunk, boolean goesOn) {
    long fromMicros = goesOn ? nextMicros - FADE_MICROS : chunk.mediaMicros();
    long toMicros = chunk.endMicros() - FADE_MICROS;
    nextMicros = chunk.endMicros();
    sounding = true;
    if (toMicros > fromMicros) {
      short[] tone = tone(fromMicros, samplesIn(toMicros - fromMicros));
      if (!goesOn) {
        for (int i = 0; i < Math.min(FADE_SAMPLES, tone.length); i++) {
          tone[i] = (short) (tone[i] * i / FADE_SAMPLES);
        }
      }
      session.emit(new DubAudio(tone, OptionalLong.of(fromMicros)));
    }
  }

  private void fadeOut() {
    sounding = false;
    long fromMicros = nextMicros - FADE_MICROS;
    short[] tone = tone(fromMicros, FADE_SAMPLES);
    for (int i = 0; i < FADE_SAMPLES; i++) {
      tone[i] = (short) (tone[i] * (FADE_SAMPLES - i) / FADE_SAMPLES);
    }
    session.emit(new DubAudio(tone, OptionalLong.of(fromMicros)));
  }

  private static int samplesIn(long micros) {
    return (int) (micros * DubAudio.SAMPLE_RATE_HZ / 1_000_000);
  }

  private static short[] tone(long fromMicros, int samples) {
    short[] tone = new short[samples];
    double radiansPerSample = 2 * Math.PI * TONE_HZ / DubAudio.SAMPLE_RATE_HZ;
    double phase = 2 * Math.PI * TONE_HZ * Math.floorMod(fromMicros, 1_000_000L) / 1e6;
    for (int i = 0; i < samples; i++) {
      tone[i] = (short) Math.round(AMPLITUDE * Math.sin(phase + i * radiansPerSample));
    }
    return tone;
  }
}
