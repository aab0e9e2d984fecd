package dev.livedub.core.dub;

import dev.livedub.core.pcm.SpeechDownsampler;
import dev.livedub.core.time.Samples;
import dev.livedub.core.translate.SpeechChunk;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a worker's sound into the translator's chunks of 100 ms.
 *
 * <p>Chunks lie on a grid: each begins at a whole multiple of 100 ms of the output timeline, so its
 * media time is exact. What is missing of the first chunk is silence. A gap of up to {@link
 * #MAX_FILLED_GAP} frames becomes silence; before a longer one the begun chunk is dropped, as it
 * would come too late for its place on air, and whole chunks are left out. Frames that were fed
 * already are skipped.
 *
 * <p><b>Threading:</b> one thread.
 */
final class ChunkCutter {

  /** Longest gap that is sent as silence: 1 s. */
  static final int MAX_FILLED_GAP = Samples.RATE_HZ;

  private final SpeechDownsampler downsampler = new SpeechDownsampler();
  private final Consumer<SpeechChunk> chunks;
  private boolean started;
  private long chunkStart;
  private long next;

  ChunkCutter(Consumer<SpeechChunk> chunks) {
    this.chunks = chunks;
  }

  void feed(long firstSample, short[] stereo, int frames) {
    if (!started) {
      begin(firstSample);
    } else if (firstSample - next > MAX_FILLED_GAP) {
      begin(firstSample);
    } else if (firstSample > next) {
      addSilence((int) (firstSample - next));
    }
    int skipped = (int) Math.min(frames, next - firstSample);
    add(stereo, skipped, frames - skipped);
  }

  /** Hands over what is left, as a chunk that ends where the sound ended. */
  void finish() {
    while (started && next > chunkStart) {
      long left = next - chunkStart;
      downsampler.addSilence(downsampler.room());
      emit((int) Math.min(SpeechChunk.SAMPLES, left / SpeechDownsampler.FACTOR));
    }
    started = false;
  }

  private void begin(long firstSample) {
    started = true;
    chunkStart =
        Math.floorDiv(firstSample, SpeechDownsampler.BLOCK_IN) * SpeechDownsampler.BLOCK_IN;
    next = firstSample;
    downsampler.reset();
    downsampler.addSilence((int) (firstSample - chunkStart));
  }

  private void add(short[] stereo, int fromFrame, int frames) {
    int done = 0;
    while (done < frames) {
      int part = Math.min(downsampler.room(), frames - done);
      downsampler.add(stereo, fromFrame + done, part);
      done += part;
      emitIfFull();
    }
    next += frames;
  }

  private void addSilence(int frames) {
    int done = 0;
    while (done < frames) {
      int part = Math.min(downsampler.room(), frames - done);
      downsampler.addSilence(part);
      done += part;
      emitIfFull();
    }
    next += frames;
  }

  private void emitIfFull() {
    if (downsampler.room() == 0) {
      emit(SpeechChunk.SAMPLES);
    }
  }

  private void emit(int samples) {
    short[] mono = new short[SpeechChunk.SAMPLES];
    downsampler.take(mono);
    long startMicros = Samples.toMicros(chunkStart);
    chunkStart += SpeechDownsampler.BLOCK_IN;
    if (samples > 0) {
      chunks.accept(
          new SpeechChunk(
              startMicros, samples == SpeechChunk.SAMPLES ? mono : Arrays.copyOf(mono, samples)));
    }
  }
}
