package dev.livedub.bench.background;

import dev.livedub.core.background.VoiceRemover;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.mix.DubMixer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is heard of a programme under a dub that never ends, without the dub.
 *
 * <p>The mixer is the worker's. The dub is a faint square wave, which is subtracted again.
 *
 * @param stereo interleaved, in 16-bit units
 * @param cpuMillisPerSecond CPU time for each second of sound
 * @param separated whether the voice was taken out all the time
 */
record DubbedBackground(float[] stereo, double cpuMillisPerSecond, boolean separated) {

  private static final int PIECE = 1_024;
  private static final int AHEAD = DubMixer.ORIGINAL_AHEAD + VoiceRemover.LOOK_AHEAD;
  private static final short DUB_PEAK = 150;
  private static final double DUCK_DB = -18;

  /** Ducks the programme. */
  static DubbedBackground ducked(short[] programme, boolean isSpeech) {
    return dub(programme, null, isSpeech);
  }

  /** Takes its voice out. */
  static DubbedBackground separated(short[] programme, boolean isSpeech) {
    return dub(programme, new VoiceRemover(), isSpeech);
  }

  private static DubbedBackground dub(
      short[] programme, @Nullable VoiceRemover remover, boolean isSpeech) {
    int frames = programme.length / 2 / PIECE * PIECE;
    DubMixer mixer = new DubMixer(DUCK_DB, FallbackMode.ORIGINAL);
    short[] dub = square(PIECE + DubMixer.LOOK_AHEAD);
    float[] heard = new float[2 * frames];
    boolean separated = remover != null;
    long cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int at = 0; at < frames; at += PIECE) {
      int known = Math.min(PIECE + AHEAD, programme.length / 2 - at);
      short[] piece = Arrays.copyOfRange(programme, 2 * at, 2 * (at + known));
      if (remover != null) {
        remover.hear(at, piece, known);
        float[] voice = remover.tell(at, PIECE + DubMixer.ORIGINAL_AHEAD, isSpeech);
        mixer.setVoice(voice, remover.works());
        separated &= remover.works();
      }
      mixer.mix(at, piece, 0, PIECE, known, dub, 0, true, false);
      for (int i = 0; i < 2 * PIECE; i++) {
        heard[2 * at + i] = piece[i] - dub[i / 2];
      }
    }
    cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuNanos;
    double seconds = (double) frames / Recording.RATE_HZ;
    return new DubbedBackground(heard, cpuNanos / 1e6 / seconds, separated);
  }

  /** One piece after the other of it is a square wave of 1,500 Hz. */
  private static short[] square(int samples) {
    short[] wave = new short[samples];
    for (int i = 0; i < samples; i++) {
      wave[i] = i / 16 % 2 == 0 ? DUB_PEAK : -DUB_PEAK;
    }
    return wave;
  }
}
