package dev.livedub.core.dub;

import dev.livedub.core.loudness.KWeighting;
import dev.livedub.core.loudness.Loudness;
import dev.livedub.core.pcm.Pcm16;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;

/**
 * Makes a dub as loud as the speech that it translates.
 *
 * <p>Both are measured where there is voice only, over the last 3 s of it: short-term loudness as
 * of EBU R128, with pauses left out. The gain moves freely from one phrase to the next, where it
 * cannot be heard, and slowly within one. A phrase that is much louder or softer than what was said
 * before comes from another session, whose level differs tenfold: then only the phrase itself
 * counts, as soon as 160 ms of it are known.
 *
 * <p><b>Threading:</b> none; its owner sees to that.
 */
final class DubLeveller {

  /** Gains reach this far either way: sessions differ by 20 dB. */
  static final double MOST_DB = 20;

  /** Within a phrase the gain changes by so much a second: slower than loudness is heard to. */
  static final double DB_PER_SECOND = 3;

  /** Voice differs by less from one phrase to the next of a session. */
  static final double ANOTHER_SESSION_LU = 6;

  /** The gain never raises a peak above this: −1 dBFS; the limiter would take it back. */
  static final double HIGHEST_PEAK = 29_204;

  /** Voice over which loudness is measured: 3 s, in blocks of 20 ms. */
  private static final int WINDOW_BLOCKS = 150;

  private static final int BLOCK_SAMPLES = DubAudio.SAMPLE_RATE_HZ / 50;

  /** Blocks this far below the mean are pauses (the relative gate of BS.1770-4). */
  private static final double GATE = 0.1;

  /** A block below −60 LUFS is a pause whatever came before. */
  private static final double LEAST_POWER = 500;

  /** Blocks of a phrase by which it is judged: 160 ms, of which its rise takes a part. */
  private static final int JUDGED_BLOCKS = 8;

  /** So many samples pass until the gain of a piece holds: 20 ms. */
  private static final int RAMP_SAMPLES = 480;

  private final double[] powers = new double[WINDOW_BLOCKS];
  private final KWeighting weighting = new KWeighting(DubAudio.SAMPLE_RATE_HZ);
  private int blocks;
  private int next;
  private double blockPower;
  private int blockFilled;
  private double targetLufs = Double.NaN;
  private double gainDb;
  private double meanBefore;
  private int phraseBlocks;
  private boolean begins = true;
  private boolean judged;

  /** A phrase begins that translates speech so loud; NaN if that is not known. */
  void beginPhrase(double sourceLufs) {
    begins = true;
    judged = false;
    phraseBlocks = 0;
    meanBefore = mean(blocks);
    if (!Double.isNaN(sourceLufs)) {
      targetLufs = sourceLufs;
    }
  }

  /** Levels the next voice, in place. */
  void level(short[] voice, int samples) {
    int peak = Pcm16.peak(voice, 0, samples);
    measure(voice, samples);
    double fromDb = gainDb;
    boolean free = begins;
    if (!judged && phraseBlocks >= JUDGED_BLOCKS) {
      judged = true;
      if (isOther()) {
        blocks = Math.min(blocks, phraseBlocks);
        free = true;
      }
    }
    gainDb = nextGainDb(samples, peak, free);
    if (begins) {
      begins = false;
      fromDb = gainDb;
    }
    scale(voice, samples, factor(fromDb), factor(gainDb));
  }

  /** The gain in force. */
  double gainDb() {
    return gainDb;
  }

  private double nextGainDb(int samples, int peak, boolean free) {
    double mean = mean(blocks);
    if (Double.isNaN(targetLufs) || mean == 0) {
      return gainDb;
    }
    double wantedDb = targetLufs - Loudness.lufsInBoth(mean);
    double boundedDb = Math.max(-MOST_DB, Math.min(MOST_DB, wantedDb));
    if (!free) {
      double mostDb = DB_PER_SECOND * samples / DubAudio.SAMPLE_RATE_HZ;
      boundedDb = Math.max(gainDb - mostDb, Math.min(gainDb + mostDb, boundedDb));
    }
    return peak == 0 ? boundedDb : Math.min(boundedDb, 20 * Math.log10(HIGHEST_PEAK / peak));
  }

  private void measure(short[] voice, int samples) {
    for (int i = 0; i < samples; i++) {
      double weighted = weighting.next(voice[i]);
      blockPower += weighted * weighted;
      if (++blockFilled == BLOCK_SAMPLES) {
        double power = blockPower / BLOCK_SAMPLES;
        blockPower = 0;
        blockFilled = 0;
        if (power > LEAST_POWER) {
          powers[next++ % WINDOW_BLOCKS] = power;
          blocks = Math.min(WINDOW_BLOCKS, blocks + 1);
          phraseBlocks++;
        }
      }
    }
  }

  /** Whether the phrase is so loud, or so soft, that another session must have said it. */
  private boolean isOther() {
    return meanBefore > 0
        && Math.abs(10 * Math.log10(mean(phraseBlocks) / meanBefore)) > ANOTHER_SESSION_LU;
  }

  /** Mean power of the newest blocks, those left out that are far below it. */
  private double mean(int count) {
    double mean = mean(count, 0);
    return mean(count, GATE * mean);
  }

  private double mean(int count, double least) {
    double sum = 0;
    int taken = 0;
    for (int i = 1; i <= Math.min(count, WINDOW_BLOCKS); i++) {
      double power = powers[Math.floorMod(next - i, WINDOW_BLOCKS)];
      if (power >= least) {
        sum += power;
        taken++;
      }
    }
    return taken == 0 ? 0 : sum / taken;
  }

  private static void scale(short[] voice, int samples, double from, double to) {
    if (from == 1 && to == 1) {
      return;
    }
    for (int i = 0; i < samples; i++) {
      double gain = i < RAMP_SAMPLES ? from + (to - from) * i / RAMP_SAMPLES : to;
      voice[i] = Pcm16.of((float) (voice[i] * gain));
    }
  }

  private static double factor(double db) {
    return db == 0 ? 1 : Math.pow(10, db / 20);
  }
}
