package dev.livedub.core.caption;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts captions into cues that fit a screen and can be read: at most two lines of {@value
 * #LINE_COLUMNS} columns, at most 7 s, one at a time, in order. A wide character counts two
 * columns.
 *
 * <p>A caption that needs several cues is shared out evenly, each shown for its share of the text.
 *
 * <p><b>Threading:</b> one thread; used for the captions of one side, in their order.
 */
public final class CueCutter {

  /** Columns of a line. */
  public static final int LINE_COLUMNS = 42;

  /** Lines of a cue. */
  public static final int LINES = 2;

  /** Longest that a cue is shown. */
  public static final long MAX_MILLIS = 7_000;

  /** Shortest that a caption is shown, so that it can be seen. */
  static final long MIN_MILLIS = 700;

  private final LineBreaker breaker = new LineBreaker(LINE_COLUMNS);
  private final String languageTag;
  private long endMillis;

  /**
   * A cutter.
   *
   * @param languageTag language of captions that do not say theirs
   */
  public CueCutter(String languageTag) {
    this.languageTag = languageTag;
  }

  /** The cues of the next caption, at least one. */
  public List<Cue> cut(Caption caption) {
    long startMillis = Math.max(endMillis, caption.startMicros() / 1_000);
    long spanMillis = Math.max(MIN_MILLIS, caption.endMicros() / 1_000 - startMillis);
    int leastCues = (int) ((spanMillis + MAX_MILLIS - 1) / MAX_MILLIS);
    List<List<String>> parts = share(piecesOf(caption), leastCues);
    int columns = parts.stream().mapToInt(LineBreaker::columns).sum();
    List<Cue> cues = new ArrayList<>();
    int shown = 0;
    for (List<String> part : parts) {
      long fromMillis = startMillis + spanMillis * shown / Math.max(1, columns);
      shown += LineBreaker.columns(part);
      long toMillis = startMillis + spanMillis * shown / Math.max(1, columns);
      cues.add(cue(fromMillis, toMillis, part));
    }
    return cues;
  }

  private Cue cue(long fromMillis, long toMillis, List<String> part) {
    long start = Math.max(endMillis, fromMillis);
    endMillis = Math.max(start + 1, Math.min(toMillis, start + MAX_MILLIS));
    return new Cue(start, endMillis, breaker.lines(part));
  }

  private List<String> piecesOf(Caption caption) {
    String tag = caption.languageTag();
    return breaker.pieces(caption.text(), Locale.forLanguageTag(tag == null ? languageTag : tag));
  }

  /** Parts of about equal length, each of which fits into a cue. */
  private List<List<String>> share(List<String> pieces, int least) {
    int columns = LineBreaker.columns(pieces);
    int wanted = Math.max(least, quotientUp(columns, LINES * LINE_COLUMNS));
    List<List<String>> parts = fill(pieces, quotientUp(columns, wanted));
    return parts.size() <= wanted ? parts : fill(pieces, quotientUp(columns, parts.size()));
  }

  private static int quotientUp(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private List<List<String>> fill(List<String> pieces, int wantedColumns) {
    List<List<String>> parts = new ArrayList<>();
    int from = 0;
    for (int to = 1; to < pieces.size(); to++) {
      int columns = LineBreaker.columns(pieces.subList(from, to));
      int next = LineBreaker.columns(pieces.subList(from, to + 1));
      boolean enough = columns + (next - columns) / 2 >= wantedColumns;
      if (enough || breaker.lines(pieces.subList(from, to + 1)).size() > LINES) {
        parts.add(pieces.subList(from, to));
        from = to;
      }
    }
    parts.add(pieces.subList(from, pieces.size()));
    return parts;
  }
}
