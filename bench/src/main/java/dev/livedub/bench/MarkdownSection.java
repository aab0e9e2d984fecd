package dev.livedub.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a Markdown page that a program writes, between two comments that name it. */
public final class MarkdownSection {

  private MarkdownSection() {}

  /**
   * Replaces the section {@code name} of {@code page}.
   *
   * @throws IllegalStateException if the page lacks the section's comments
   */
  public static void replace(Path page, String name, String text) {
    try {
      Files.writeString(page, replaced(Files.readString(page), name, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code page} with the section {@code name} replaced. */
  static String replaced(String page, String name, String text) {
    String begin = "<!-- " + name + ": begin -->\n";
    String end = "<!-- " + name + ": end -->\n";
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalStateException("the page has no section " + name);
    }
    return page.substring(0, from + begin.length()) + text + page.substring(to);
  }
}
