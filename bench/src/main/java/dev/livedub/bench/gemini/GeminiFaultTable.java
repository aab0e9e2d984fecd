package dev.livedub.bench.gemini;

import dev.livedub.bench.MachineFacts;
import dev.livedub.bench.MarkdownSection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets every fault of the service happen, several side by side, and prints what came of it.
 *
 * <p>Arguments: names of faults, none for all; {@code --at-once N} (3); {@code --page FILE} with a
 * section {@code gemini-faults} to write the table to. Ends with 1 if a row is not as it must be.
 */
public final class GeminiFaultTable {

  private GeminiFaultTable() {}

  public static void main(String[] args) throws InterruptedException {
    List<String> names = new ArrayList<>(Arrays.asList(args));
    String page = take(names, "--page", "");
    int atOnce = Integer.parseInt(take(names, "--at-once", "3"));
    List<GeminiFault> faults =
        GeminiFaults.every().stream()
            .filter(fault -> names.isEmpty() || names.contains(fault.name()))
            .toList();
    List<String> facts = MachineFacts.lines();
    System.out.println(GeminiResult.head());
    List<String> rows = new ArrayList<>();
    long bad = 0;
    ExecutorService runs = Executors.newFixedThreadPool(atOnce);
    List<Future<GeminiResult>> results =
        faults.stream().map(fault -> runs.submit(() -> GeminiRun.of(fault))).toList();
    for (int i = 0; i < results.size(); i++) {
      String row;
      try {
        GeminiResult result = results.get(i).get();
        bad += result.complaints().isEmpty() ? 0 : 1;
        row = result.toRow();
      } catch (ExecutionException e) {
        bad++;
        row = "| " + faults.get(i).title() + " | FAILED: " + e.getCause() + " |";
      }
      System.out.println(row);
      rows.add(row);
    }
    runs.shutdown();
    if (!page.isEmpty()) {
      MarkdownSection.replace(Path.of(page), "gemini-faults", text(facts, rows, atOnce));
    }
    System.exit(bad == 0 ? 0 : 1);
  }

  private static String text(List<String> facts, List<String> rows, int atOnce) {
    return "Written by `bench/gemini-faults --at-once "
        + atOnce
        + "`.\n\n"
        + String.join("\n", facts.stream().map(fact -> "- " + fact).toList())
        + "\n\n"
        + GeminiResult.head()
        + "\n"
        + String.join("\n", rows)
        + "\n";
  }

  private static String take(List<String> words, String name, String byDefault) {
    int at = words.indexOf(name);
    if (at < 0 || at + 1 == words.size()) {
      return byDefault;
    }
    words.remove(at);
    return words.remove(at);
  }
}
