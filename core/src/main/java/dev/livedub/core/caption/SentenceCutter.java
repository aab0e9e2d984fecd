package dev.livedub.core.caption;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one side's fragments of transcript into sentences: at a terminator, at a pause, or where a
 * sentence has grown too long for any reader.
 *
 * <p>A fragment is taken to hold the words of {@link #FRAGMENT_MICROS} of sound, evenly spread.
 *
 * <p><b>Threading:</b> none; its owner locks.
 */
final class SentenceCutter {

  /** Without a fragment for so long, the sentence is over. */
  static final long PAUSE_MICROS = 2_000_000;

  /** Sound that the words of one fragment fill. */
  static final long FRAGMENT_MICROS = 1_000_000;

  /** Longest sentence; a longer one is cut between words. */
  static final int MAX_CHARS = 240;

  /** What a longer fragment says beyond this is left out; a second of speech has 20. */
  private static final int MAX_FRAGMENT = 4_000;

  /** A fragment of the open text: where it begins there, and with which sound. */
  private record Mark(int chars, long offset, long expectedMicros, @Nullable String languageTag) {}

  private final Consumer<Sentence> sentences;
  private final RepeatFilter repeats = new RepeatFilter();
  private final StringBuilder open = new StringBuilder();
  private final List<Mark> marks = new ArrayList<>();
  private @Nullable String languageTag;
  private long cameMicros;

  SentenceCutter(Consumer<Sentence> sentences) {
    this.sentences = sentences;
  }

  /**
   * Takes the next fragment.
   *
   * @param offset how much sound had come before it, µs
   * @param expectedMicros where sound that came now would be laid
   * @param nowMicros when it came
   */
  void add(
      String fragment,
      @Nullable String itsLanguageTag,
      long offset,
      long expectedMicros,
      long nowMicros) {
    advance(nowMicros);
    String fresh = repeats.newPartOf(cleaned(fragment), nowMicros);
    if (itsLanguageTag != null) {
      languageTag = itsLanguageTag;
    }
    if (fresh.isEmpty()) {
      return;
    }
    cameMicros = nowMicros;
    marks.add(new Mark(open.length(), offset, expectedMicros, languageTag));
    open.append(fresh);
    cutAll();
  }

  /** Notes how late it is: a pause ends the sentence. */
  void advance(long nowMicros) {
    if (nowMicros - cameMicros >= PAUSE_MICROS) {
      finish();
      repeats.forget();
    }
  }

  /** Ends the sentence, whatever it lacks. */
  void finish() {
    cut(open.length());
  }

  /** Offset of the first word of the sentence that is not over yet; empty if there is none. */
  OptionalLong openOffset() {
    int from = 0;
    while (from < open.length() && open.charAt(from) == ' ') {
      from++;
    }
    return from < open.length()
        ? OptionalLong.of(offsetAt(markAt(from), from))
        : OptionalLong.empty();
  }

  private void cutAll() {
    OptionalInt end = SentenceEnds.first(open);
    while (end.isPresent()) {
      cut(end.getAsInt());
      end = SentenceEnds.first(open);
    }
    while (open.length() > MAX_CHARS) {
      int space = open.lastIndexOf(" ", MAX_CHARS);
      cut(space > MAX_CHARS / 2 ? space : wholeCharacters(MAX_CHARS));
    }
  }

  private int wholeCharacters(int chars) {
    return Character.isHighSurrogate(open.charAt(chars - 1)) ? chars - 1 : chars;
  }

  private void cut(int chars) {
    String text = open.substring(0, chars).strip();
    if (!text.isEmpty()) {
      int from = open.indexOf(text);
      Mark first = markAt(from);
      long fromOffset = offsetAt(first, from);
      sentences.accept(
          new Sentence(
              text,
              first.languageTag(),
              fromOffset,
              offsetAt(markAt(chars - 1), chars),
              first.expectedMicros() + fromOffset - first.offset(),
              cameMicros));
    }
    open.delete(0, chars);
    moveMarks(chars);
  }

  private Mark markAt(int character) {
    int found = 0;
    while (found + 1 < marks.size() && marks.get(found + 1).chars() <= character) {
      found++;
    }
    return marks.get(found);
  }

  /** Sound that had come when this character of a fragment was said. */
  private long offsetAt(Mark mark, int character) {
    int next = marks.indexOf(mark) + 1;
    int end = next < marks.size() ? marks.get(next).chars() : open.length();
    double share = (double) (character - mark.chars()) / (end - mark.chars());
    return mark.offset() + Math.round(share * FRAGMENT_MICROS);
  }

  /** After a cut, the fragment it went through begins before the text. */
  private void moveMarks(int chars) {
    while (marks.size() > 1 && marks.get(1).chars() <= chars) {
      marks.remove(0);
    }
    if (open.isEmpty()) {
      marks.clear();
    }
    marks.replaceAll(
        mark ->
            new Mark(
                mark.chars() - chars, mark.offset(), mark.expectedMicros(), mark.languageTag()));
  }

  private static String cleaned(String fragment) {
    String bounded =
        fragment.length() > MAX_FRAGMENT ? fragment.substring(0, MAX_FRAGMENT) : fragment;
    return bounded.replaceAll("[\\s\\p{Cntrl}\\u2028\\u2029]+", " ");
  }
}
