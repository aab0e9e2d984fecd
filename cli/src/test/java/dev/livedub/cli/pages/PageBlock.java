package dev.livedub.cli.pages;

import java.io.IOException;
import java.util.List;

/** The blocks of the pages that are nothing to type: each is held to what it shows by a test. */
enum PageBlock {
  // What is drawn or counted up.
  WORKER_DRAWING("docs/architecture.md", "flowchart TB"),
  ORCHESTRATOR_DRAWING("docs/architecture.md", "flowchart LR"),
  MODULES("docs/architecture.md", "core <- {"),
  LAYOUT("docs/development.md", "core/ "),
  // What is answered.
  DEMO("README.md", "what "),
  HOOK_ANSWER("docs/http-api.md", "202 {"),
  PROBLEM("docs/http-api.md", "{\"type\":"),
  HOOK_FAILURE("mediamtx/README.md", "livedub-hook: ready"),
  LOG_LINE("docs/logs.md", "{\"ts\":"),
  DUB_MISTAKES("docs/options.md", "livedub: delay ="),
  SERVE_MISTAKES("docs/orchestrator.md", "livedub: worker-mode ="),
  // What is sent or written into a file.
  CHANGE("docs/http-api.md", "{\"targetLang\":"),
  PUBLISH_URL("docs/orchestrator.md", "rtmp://HOST:1935/live/news-1/in?"),
  SCRAPE("docs/http-api.md", "scrape_configs:"),
  DUB_FILE("docs/options.md", "# livedub.yaml"),
  SERVE_FILE("docs/orchestrator.md", "streams:"),
  MEDIAMTX_FILE("docs/adr/0006-mediamtx-and-lip-sync.md", "pathDefaults:");

  private final String page;
  private final String start;

  PageBlock(String page, String start) {
    this.page = page;
    this.start = start;
  }

  /**
   * A block as it stands in a page.
   *
   * @param line where it begins, from 1
   * @param language of a fenced block; empty if it is indented
   */
  record Found(String page, int line, String language, String text) {

    /** Whether it is the one that is meant. */
    boolean is(PageBlock block) {
      return page.equals(block.page) && text.strip().startsWith(block.start);
    }
  }

  /** What stands there. */
  String text() throws IOException {
    List<Found> found = Page.read(page).blocks().stream().filter(each -> each.is(this)).toList();
    if (found.size() != 1) {
      throw new AssertionError(this + " is there " + found.size() + " times in " + page);
    }
    return found.get(0).text();
  }
}
