package dev.livedub.gemini.guard;

import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Finds a sentence that is said twice though the speaker said it once.
 *
 * <p>Transcripts alone are no proof: the service doubles them now and then without saying anything
 * twice, and speakers do repeat themselves. So a doubled sentence of translation arms the test, if
 * the source's text is not doubled as well, and it fails when the voice then says what it said
 * before: when the course of its level matches a stretch of the last seconds.
 *
 * <p><b>Threading:</b> one thread.
 */
final class RepeatTest {

  /** Shorter sentences repeat in honest speech. */
  static final int MIN_LETTERS = 20;

  /** Level history: 16 s. */
  static final int HISTORY_FRAMES = 800;

  /** Stretch that has to match: 1.5 s. */
  static final int MATCH_FRAMES = 75;

  /** Correlation from which two stretches are the same words. */
  static final double SAME = 0.92;

  /** How long a doubled sentence arms the test: text leads its voice by about half a second. */
  static final int ARMED_FRAMES = 400;

  private static final int STEP_FRAMES = 10;
  private static final int SENTENCES = 4;
  private static final int MAX_LETTERS = 400;

  private final Text target = new Text();
  private final Text source = new Text();
  private final double[] history = new double[HISTORY_FRAMES];
  private long frames;
  private int armedFrames;

  /** Notes a fragment of transcript. */
  void text(Side side, String fragment) {
    if (side == Side.SOURCE) {
      source.add(fragment);
    } else if (target.add(fragment) && !source.isDoubled()) {
      armedFrames = ARMED_FRAMES;
    }
  }

  /** Whether, with this frame, the voice has said again what it said before. */
  boolean fails(double levelDbfs) {
    history[(int) (frames++ % HISTORY_FRAMES)] = Math.max(levelDbfs, -60);
    if (armedFrames == 0) {
      return false;
    }
    armedFrames--;
    return frames % STEP_FRAMES == 0 && frames >= 2 * MATCH_FRAMES && bestMatch() >= SAME;
  }

  private double bestMatch() {
    long oldest = Math.max(0, frames - HISTORY_FRAMES);
    double best = 0;
    for (long end = frames - MATCH_FRAMES; end - MATCH_FRAMES >= oldest; end--) {
      best = Math.max(best, correlation(frames, end));
    }
    return best;
  }

  /** Pearson's correlation of the two stretches of level that end before these frames. */
  private double correlation(long endA, long endB) {
    double sumA = 0;
    double sumB = 0;
    double squaresA = 0;
    double squaresB = 0;
    double products = 0;
    for (int i = 1; i <= MATCH_FRAMES; i++) {
      double a = history[(int) ((endA - i) % HISTORY_FRAMES)];
      double b = history[(int) ((endB - i) % HISTORY_FRAMES)];
      sumA += a;
      sumB += b;
      squaresA += a * a;
      squaresB += b * b;
      products += a * b;
    }
    double varianceA = squaresA - sumA * sumA / MATCH_FRAMES;
    double varianceB = squaresB - sumB * sumB / MATCH_FRAMES;
    // Silence and steady sound match everything; they say nothing.
    double least = 9.0 * MATCH_FRAMES;
    if (varianceA < least || varianceB < least) {
      return 0;
    }
    return (products - sumA * sumB / MATCH_FRAMES) / Math.sqrt(varianceA * varianceB);
  }

  /** One side's transcript, cut into sentences. */
  private static final class Text {
    private final StringBuilder open = new StringBuilder();
    private final Deque<String> sentences = new ArrayDeque<>();
    private boolean doubled;

    /** Whether a sentence ended with this fragment that is one of the last few. */
    boolean add(String fragment) {
      boolean found = false;
      for (int i = 0; i < fragment.length(); i++) {
        char letter = fragment.charAt(i);
        open.append(letter);
        if (".!?。！？।".indexOf(letter) >= 0 || open.length() >= MAX_LETTERS) {
          found |= endSentence();
        }
      }
      return found;
    }

    /** Whether the last sentence was one of the few before it. */
    boolean isDoubled() {
      return doubled;
    }

    private boolean endSentence() {
      String sentence =
          open.toString().replaceAll("[\\p{P}\\s]+", " ").strip().toLowerCase(Locale.ROOT);
      open.setLength(0);
      if (sentence.length() < MIN_LETTERS) {
        return false;
      }
      doubled = sentences.contains(sentence);
      sentences.addLast(sentence);
      if (sentences.size() > SENTENCES) {
        sentences.removeFirst();
      }
      return doubled;
    }
  }
}
