package dev.livedub.testkit.gemini.voice;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Marked source speech of any length, the same for the same seed: by default sentences of 2 to 6 s
 * with pauses of 0.6 or 1.1 s. The syllable that begins at {@code n} half seconds says {@code n},
 * so whoever hears it knows when it was said.
 *
 * <p>After {@link MarkedSpeech#FIRST_UNMARKED} half seconds, 6.8 hours, the numbers start again.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
public final class MarkedSource {

  private static final int FIRST_BLOCK = 2;
  private static final int WAV_CHUNK_SAMPLES = 4_800;

  /**
   * How somebody speaks, in half seconds. A pause of so many is 0.1 s longer, as every syllable has
   * that much of quiet after it.
   */
  public record Pattern(
      int shortestBlocks, int longestBlocks, int shortestPauseBlocks, int longestPauseBlocks) {

    /** One who speaks with natural pauses. */
    public static final Pattern NATURAL = new Pattern(4, 12, 1, 2);

    public Pattern {
      if (shortestBlocks < 1
          || longestBlocks < shortestBlocks
          || shortestPauseBlocks < 0
          || longestPauseBlocks < shortestPauseBlocks) {
        throw new IllegalArgumentException(
            "sentences of %d to %d, pauses of %d to %d half seconds"
                .formatted(shortestBlocks, longestBlocks, shortestPauseBlocks, longestPauseBlocks));
      }
    }
  }

  private final int sampleRateHz;
  private final Pattern pattern;
  private final MarkedSpeech speech;
  private final Random random;
  private final List<Sentence> sentences = new ArrayList<>();
  private float[] syllable = new float[0];
  private long syllableBlock = -1;

  /**
   * A speaker.
   *
   * @param sampleRateHz from 16,000 up, a multiple of 100
   */
  public MarkedSource(int sampleRateHz, long seed) {
    this(sampleRateHz, seed, Pattern.NATURAL);
  }

  /**
   * A speaker.
   *
   * @param sampleRateHz from 16,000 up, a multiple of 100
   */
  public MarkedSource(int sampleRateHz, long seed, Pattern pattern) {
    this.sampleRateHz = sampleRateHz;
    this.pattern = pattern;
    speech = new MarkedSpeech(sampleRateHz, MarkedVoice.SOURCE);
    random = new Random(seed ^ 0x50E4CEL);
    sentences.add(new Sentence(FIRST_BLOCK, length()));
  }

  /**
   * A sentence.
   *
   * @param firstBlock its first half second
   * @param blocks how many it has, one syllable each
   */
  public record Sentence(long firstBlock, int blocks) {

    /** Its onset. */
    public long startMicros() {
      return firstBlock * MarkedSpeech.BLOCK_MILLIS * 1_000;
    }

    /** The end of its last syllable. */
    public long endMicros() {
      long lastBlock = firstBlock + blocks - 1;
      return (lastBlock * MarkedSpeech.BLOCK_MILLIS + MarkedSpeech.SYLLABLE_MILLIS) * 1_000;
    }
  }

  /** The sentences that begin before {@code untilMicros}. */
  public List<Sentence> sentences(long untilMicros) {
    planTo(untilMicros / (MarkedSpeech.BLOCK_MILLIS * 1_000L) + 1);
    return sentences.stream().filter(each -> each.startMicros() < untilMicros).toList();
  }

  /** Whether a half second, counted from the beginning, is spoken in. */
  public boolean speaks(long block) {
    Sentence found = sentences.get(sentenceAt(block));
    return block >= found.firstBlock() && block < found.firstBlock() + found.blocks();
  }

  /** Which sentence, from 0, is the last that begins by a half second; 0 before the first. */
  public int sentenceAt(long block) {
    planTo(block);
    int low = 0;
    int high = sentences.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (sentences.get(middle).firstBlock() <= block) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The numbers said in syllables that begin in {@code [fromMicros, untilMicros)}, in order. */
  public List<Integer> numbers(long fromMicros, long untilMicros) {
    List<Integer> numbers = new ArrayList<>();
    long blockMicros = MarkedSpeech.BLOCK_MILLIS * 1_000L;
    long first = Math.floorDiv(fromMicros + blockMicros - 1, blockMicros);
    for (long block = first; block * blockMicros < untilMicros; block++) {
      if (speaks(block)) {
        numbers.add(number(block));
      }
    }
    return numbers;
  }

  /** Samples from -1 to 1 from a sample number on; any order of calls. */
  public void render(long fromSample, float[] mono) {
    for (int i = 0; i < mono.length; i++) {
      mono[i] = sample(fromSample + i);
    }
  }

  /** The sample of a number; 0 before the beginning. */
  public float sample(long number) {
    int blockSamples = sampleRateHz * MarkedSpeech.BLOCK_MILLIS / 1_000;
    long block = Math.floorDiv(number, blockSamples);
    if (block != syllableBlock) {
      syllableBlock = block;
      syllable = speaks(block) ? speech.syllable(number(block)) : new float[0];
    }
    int at = (int) (number - block * blockSamples);
    return at < syllable.length ? syllable[at] : 0;
  }

  /** The same as 16-bit samples. */
  public short[] pcm(long fromSample, int samples) {
    float[] mono = new float[samples];
    render(fromSample, mono);
    short[] pcm = new short[samples];
    for (int i = 0; i < samples; i++) {
      pcm[i] = (short) Math.round(mono[i] * 32_767);
    }
    return pcm;
  }

  /** Writes the beginning as a mono WAV file. */
  public void writeWav(Path file, Duration duration) throws IOException {
    long samples = duration.toMillis() * sampleRateHz / 1_000;
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      WavHeader.write(out, sampleRateHz, samples);
      for (long at = 0; at < samples; at += WAV_CHUNK_SAMPLES) {
        for (short sample : pcm(at, (int) Math.min(WAV_CHUNK_SAMPLES, samples - at))) {
          out.writeShort(Short.reverseBytes(sample));
        }
      }
    }
  }

  private static int number(long block) {
    return (int) (block % MarkedSpeech.FIRST_UNMARKED);
  }

  private void planTo(long block) {
    Sentence last = sentences.get(sentences.size() - 1);
    while (last.firstBlock() + last.blocks() <= block) {
      int pause =
          pattern.shortestPauseBlocks()
              + random.nextInt(pattern.longestPauseBlocks() - pattern.shortestPauseBlocks() + 1);
      last = new Sentence(last.firstBlock() + last.blocks() + pause, length());
      sentences.add(last);
    }
  }

  private int length() {
    return pattern.shortestBlocks()
        + random.nextInt(pattern.longestBlocks() - pattern.shortestBlocks() + 1);
  }
}
