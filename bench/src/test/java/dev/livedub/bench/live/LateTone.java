package dev.livedub.bench.live;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.TranslatorEvent;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Finished;
import dev.livedub.core.translate.TranslatorListener;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Says a tone of 100 ms for every second of source, as much later as it is told. */
final class LateTone implements Translator {

  private static final long SECOND_MICROS = 1_000_000;

  private record Late(long dueMicros, DubAudio audio) {}

  private final Queue<Late> late = new ArrayDeque<>();
  private long nextMicros;
  private volatile long lagMicros;
  private volatile @Nullable TranslatorListener listener;

  LateTone(double lagSeconds) {
    lag(lagSeconds);
  }

  /** From now on it is that late. */
  void lag(double seconds) {
    lagMicros = Math.round(seconds * SECOND_MICROS);
  }

  @Override
  public void start(TranslatorListener newListener) {
    listener = newListener;
  }

  @Override
  public SendResult send(SpeechChunk chunk) {
    long nowMicros = chunk.mediaMicros();
    if (nowMicros >= nextMicros) {
      nextMicros = nowMicros + SECOND_MICROS;
      late.add(new Late(nowMicros + lagMicros, new DubAudio(tone(), OptionalLong.of(nowMicros))));
    }
    while (!late.isEmpty() && late.element().dueMicros() <= nowMicros) {
      emit(late.remove().audio());
    }
    return SendResult.ACCEPTED;
  }

  @Override
  public void finish() {
    emit(new Finished());
  }

  @Override
  public void close() {
    listener = null;
  }

  private void emit(TranslatorEvent event) {
    TranslatorListener receiver = listener;
    if (receiver != null) {
      receiver.onEvent(event);
    }
  }

  private static short[] tone() {
    short[] samples = new short[DubAudio.SAMPLE_RATE_HZ / 10];
    for (int i = 0; i < samples.length; i++) {
      double turns = ToneTranslator.TONE_HZ * i / DubAudio.SAMPLE_RATE_HZ;
      samples[i] = (short) (ToneTranslator.AMPLITUDE * Math.sin(2 * Math.PI * turns));
    }
    return samples;
  }
}
