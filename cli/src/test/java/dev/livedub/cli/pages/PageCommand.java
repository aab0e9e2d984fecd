package dev.livedub.cli.pages;

import java.util.List;

/**
 * Something to type, as it stands in a page.
 *
 * @param page the page, from the top of the tree
 * @param line where it stands, from 1
 * @param text one command line, lines that continue it joined
 * @param settings the lines before it that set variables: those of its block, for a code span all
 *     of the page
 */
record PageCommand(String page, int line, String text, List<String> settings) {

  PageCommand {
    settings = List.copyOf(settings);
  }

  @Override
  public String toString() {
    return page + ":" + line + " " + text;
  }
}
