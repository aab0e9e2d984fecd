package dev.livedub.cli.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, taken apart: what is to be typed, and what else is set off as code.
 *
 * <p>To be typed is every line of a block that begins with a program or a variable, every code span
 * that begins with a program and goes on, and every code span of the last column of a table that
 * heads it "command".
 *
 * @param commands what is to be typed, from top to bottom
 * @param blocks other blocks, from top to bottom
 */
record Page(List<PageCommand> commands, List<PageBlock.Found> blocks) {

  static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  private static final String PROGRAMS =
      "livedub|\\./livedub|\\./test|/opt/livedub/\\S+|bench/[\\w-]+|docker/[\\w-]+|apt-get|cat"
          + "|certbot|chmod|chown|cp|curl|docker|ffmpeg|ffplay|ffprobe|grep|install|java"
          + "|journalctl|keytool|kubectl|ln|mediamtx|mkdir|mv|mvn|nc|openssl|printf|promtool|python3"
          + "|rm|sed|sha256sum|source|sudo|systemctl|systemd-[a-z]+|tail|tar|touch|vlc|wget";
  private static final String VARIABLES =
      "(?:[A-Z_][A-Z0-9_]*=(?:\"[^\"]*\"|\\$\\([^)]*\\)|\\S+) *)";
  private static final Pattern COMMAND_LINE =
      Pattern.compile("(?:export .*|\\(.*|" + VARIABLES + "*(?:" + PROGRAMS + ")(?: .*)?)");
  private static final Pattern SETTING =
      Pattern.compile("(?:export .*|(?:[A-Z_][A-Z0-9_]*=(?:\"[^\"]*\"|[^ \";]+);? *)+)");
  private static final Pattern COMMAND_SPAN =
      Pattern.compile(VARIABLES + "*(?:" + PROGRAMS + ") +\\S.*");

  /** A command named, not called: no option and no file. */
  private static final Pattern MENTION = Pattern.compile("(?:\\./)?livedub [a-z-]+");

  private static final Pattern CODE_SPAN = Pattern.compile("`([^`\n]+)`");

  Page {
    commands = List.copyOf(commands);
    blocks = List.copyOf(blocks);
  }

  /** Every page for newcomers, operators and developers. */
  static List<String> names() throws IOException {
    List<String> names =
        new ArrayList<>(
            List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "mediamtx/README.md"));
    try (Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .forEach(file -> names.add(TOP.relativize(file).toString()));
    }
    return names;
  }

  /** Takes a page apart. */
  static Page read(String name) throws IOException {
    return parse(name, Files.readString(TOP.resolve(name)));
  }

  /** Takes the text of a page apart. */
  static Page parse(String name, String text) {
    Parser parser = new Parser(name, text.lines().toList());
    return new Page(parser.commands, parser.blocks);
  }

  /** Goes through the lines once. */
  private static final class Parser {

    final List<PageCommand> commands = new ArrayList<>();
    final List<PageBlock.Found> blocks = new ArrayList<>();
    private final String name;
    private final List<String> lines;
    private final List<String> settingsOfPage = new ArrayList<>();
    private boolean commandTable;

    Parser(String name, List<String> lines) {
      this.name = name;
      this.lines = lines;
      boolean afterBlank = true;
      int at = 0;
      while (at < lines.size()) {
        String line = lines.get(at);
        int end = at + 1;
        if (line.startsWith("```")) {
          end = fence(at);
        } else if (line.startsWith("    ") && afterBlank) {
          end = indented(at);
        } else {
          spans(at, line);
        }
        afterBlank = line.isBlank();
        at = end;
      }
    }

    private int fence(int at) {
      int end = at + 1;
      while (!lines.get(end).startsWith("```")) {
        end++;
      }
      String language = lines.get(at).substring(3).strip();
      List<String> inside = lines.subList(at + 1, end);
      if (List.of("sh", "bash", "shell", "console").contains(language)) {
        typed(at + 1, inside);
      } else {
        blocks.add(new PageBlock.Found(name, at + 1, language, String.join("\n", inside)));
      }
      return end + 1;
    }

    private int indented(int at) {
      int end = at;
      while (end < lines.size() && lines.get(end).startsWith("    ")) {
        end++;
      }
      List<String> inside = lines.subList(at, end).stream().map(line -> line.substring(4)).toList();
      if (COMMAND_LINE.matcher(inside.get(0)).matches()
          || SETTING.matcher(inside.get(0)).matches()) {
        typed(at, inside);
      } else {
        blocks.add(new PageBlock.Found(name, at + 1, "", String.join("\n", inside)));
      }
      return end;
    }

    private void typed(int at, List<String> inside) {
      List<String> settings = new ArrayList<>();
      for (int i = 0; i < inside.size(); i++) {
        int first = i;
        StringBuilder line = new StringBuilder(inside.get(i));
        while (line.charAt(line.length() - 1) == '\\') {
          line.setLength(line.length() - 1);
          line.append(inside.get(++i).strip());
        }
        String command = withoutExplanation(line.toString());
        if (command.isEmpty()) {
          continue;
        }
        commands.add(new PageCommand(name, at + first + 1, command, settings));
        if (SETTING.matcher(command).matches()) {
          settings.add(command);
          settingsOfPage.add(command);
        }
      }
    }

    /** What is explained beside a command is set off by three blanks, or is the shell's comment. */
    private static String withoutExplanation(String line) {
      return line.replaceFirst(" {3,}\\S.*$| +#.*$|^#.*$", "").strip();
    }

    private void spans(int at, String line) {
      if (!line.startsWith("|")) {
        commandTable = false;
      } else if (line.matches(".*\\| command \\|")) {
        commandTable = true;
      }
      Matcher span = CODE_SPAN.matcher(line);
      int lastColumn = line.replace("\\|", "__").lastIndexOf('|', line.length() - 2);
      while (span.find()) {
        String text = span.group(1).replace("\\|", "|");
        boolean isCommand =
            COMMAND_SPAN.matcher(text).matches() && !MENTION.matcher(text).matches();
        if (isCommand || (commandTable && span.start() > lastColumn)) {
          commands.add(new PageCommand(name, at + 1, text, settingsOfPage));
        }
      }
    }
  }
}
