package dev.livedub.core.caption;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Breaks text into lines as its writing system allows.
 *
 * <p><b>Threading:</b> any thread.
 */
final class LineBreaker {

  private final int lineColumns;

  LineBreaker(int lineColumns) {
    this.lineColumns = lineColumns;
  }

  /**
   * Pieces that no line break goes through, each with the space after it and shorter than a line.
   */
  List<String> pieces(String text, Locale locale) {
    BreakIterator breaks = BreakIterator.getLineInstance(locale);
    breaks.setText(text);
    List<String> pieces = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      addPiece(text.substring(from, to), pieces);
      from = to;
    }
    return pieces;
  }

  /** Lines of about equal length; as many as are needed. */
  List<String> lines(List<String> pieces) {
    List<String> filled = filled(pieces);
    return filled.size() == 2 ? evenly(pieces) : filled;
  }

  /** Columns of a text without the space around it. */
  static int columns(List<String> pieces) {
    return Scripts.columns(text(pieces));
  }

  private static String text(List<String> pieces) {
    return String.join("", pieces).strip();
  }

  /** What is longer than a line, such as an address, is broken anywhere. */
  private void addPiece(String piece, List<String> pieces) {
    int from = 0;
    for (int at = 0; at < piece.length(); at += Character.charCount(piece.codePointAt(at))) {
      int end = at + Character.charCount(piece.codePointAt(at));
      if (Scripts.columns(piece.substring(from, end).strip()) > lineColumns) {
        pieces.add(piece.substring(from, at));
        from = at;
      }
    }
    pieces.add(piece.substring(from));
  }

  private List<String> filled(List<String> pieces) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= pieces.size(); to++) {
      boolean last = to == pieces.size();
      if (last || columns(pieces.subList(from, to + 1)) > lineColumns) {
        lines.add(text(pieces.subList(from, to)));
        from = to;
      }
    }
    return lines;
  }

  private static List<String> evenly(List<String> pieces) {
    int best = 1;
    int bestColumns = Integer.MAX_VALUE;
    for (int at = 1; at < pieces.size(); at++) {
      int longest =
          Math.max(columns(pieces.subList(0, at)), columns(pieces.subList(at, pieces.size())));
      if (longest < bestColumns) {
        bestColumns = longest;
        best = at;
      }
    }
    return List.of(text(pieces.subList(0, best)), text(pieces.subList(best, pieces.size())));
  }
}
