package dev.livedub.cli.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at commands that cannot be run by a test: does what they name exist? */
final class Looks {

  private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");
  private static final Pattern LONG_OPTION = Pattern.compile("(?<!\\S)--[a-z][a-z-]*");
  private static final Set<String> GOALS =
      Set.of("clean", "test", "package", "verify", "spotless:apply");
  private static final Set<String> MAVENS_PROPERTIES = Set.of("skipTests", "test");

  private Looks() {}

  /** Maven: modules, profiles, properties, phases and test classes. */
  static List<String> maven(PageCommand command) throws IOException {
    String arguments = command.text().replaceFirst("^.*?\\bmvn ", "").replaceFirst(" && .*$", "");
    List<String> words = words(arguments);
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-pl")) {
        i++;
        for (String module : words.get(i).split(",")) {
          need(problems, Files.isRegularFile(Page.TOP.resolve(module).resolve("pom.xml")), module);
        }
      } else if (word.startsWith("-P")) {
        need(problems, pomsContain("<id>" + word.substring(2) + "</id>"), word);
      } else if (word.startsWith("-D")) {
        problems.addAll(property(word.substring(2)));
      } else if (!Set.of("-B", "-q", "-am").contains(word)) {
        need(problems, GOALS.contains(word), word);
      }
    }
    return problems;
  }

  /** A script of the tree: it is there, it is sound, and it, or what it starts, knows the words. */
  static List<String> script(PageCommand command) throws IOException, InterruptedException {
    List<String> words = words(command.text().replaceFirst("^(?:[A-Z_0-9]+=\\S+ )+", ""));
    Path script = Page.TOP.resolve(words.get(0));
    List<String> problems = new ArrayList<>();
    need(problems, Files.isExecutable(script), words.get(0));
    need(problems, exitCode("bash", "-n", script.toString()) == 0, "bash -n " + script);
    for (String word : words.subList(1, words.size())) {
      String option = word.startsWith("--") ? word.substring(2) : word;
      boolean isNamed = word.startsWith("--") || word.matches("[A-Z][A-Z_]+");
      need(
          problems,
          !isNamed
              || Files.readString(script).contains(word)
              || anyFile("bench/src/main", ".java", "\\b" + option + "\\b"),
          word);
    }
    return problems;
  }

  /** Docker: files, services, and, if there is a docker on the PATH, its options. */
  static List<String> docker(PageCommand command) throws IOException, InterruptedException {
    List<String> problems = new ArrayList<>();
    List<String> words = words(command.text());
    for (int i = 0; i + 1 < words.size(); i++) {
      if (Set.of("-f", "--env-file").contains(words.get(i))) {
        need(problems, Files.isRegularFile(Page.TOP.resolve(words.get(i + 1))), words.get(i + 1));
      }
    }
    String compose = Files.readString(Page.TOP.resolve("docker/compose.yaml"));
    Matcher name =
        Pattern.compile("livedub-(\\w+)-1|--force-recreate (\\w+)").matcher(command.text());
    while (name.find()) {
      String service = name.group(1) == null ? name.group(2) : name.group(1);
      need(problems, compose.contains("\n  " + service + ":\n"), service);
    }
    Matcher tag = Pattern.compile("livedub:(\\d\\S*)").matcher(command.text());
    while (tag.find()) {
      need(problems, tag.group(1).equals(version()), tag.group());
    }
    if (!words.get(1).equals("compose") && isThere("docker")) {
      problems.addAll(dockersOptions(words));
    }
    return problems;
  }

  /** A package of Debian: one that the image needs too. */
  static List<String> debianPackage(PageCommand command) throws IOException {
    List<String> words = words(command.text());
    String dockerfile = Files.readString(Page.TOP.resolve("docker/Dockerfile"));
    List<String> problems = new ArrayList<>();
    need(problems, dockerfile.contains(words.get(2)), words.get(2));
    return problems;
  }

  /** Java: the jar is that of this version, the class is there. */
  static List<String> java(PageCommand command) throws IOException {
    List<String> problems = new ArrayList<>();
    Matcher jar = Pattern.compile("livedub-cli-(.+)\\.jar").matcher(command.text());
    if (jar.find()) {
      need(problems, jar.group(1).equals(version()), jar.group());
    }
    Matcher main = Pattern.compile("dev\\.livedub\\.bench\\.[\\w.]+").matcher(command.text());
    if (main.find()) {
      String file = "bench/src/main/java/" + main.group().replace('.', '/') + ".java";
      need(problems, Files.isRegularFile(Page.TOP.resolve(file)), main.group());
    }
    need(problems, jar.reset().find() || main.reset().find(), command.text());
    return problems;
  }

  /** A player: the address is one of a dub. */
  static List<String> dubsAddress(PageCommand command) {
    List<String> problems = new ArrayList<>();
    need(problems, command.text().matches(".* rtmp://HOST:1935/live/\\w+/out"), command.text());
    return problems;
  }

  /** Part of a command, named to say how other commands are to be read. */
  static List<String> named(PageCommand command) {
    List<String> problems = new ArrayList<>();
    need(problems, words(command.text()).size() <= 6, command.text());
    return problems;
  }

  /** What this tree is the source of. */
  static String version() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>livedub-parent</artifactId>\\s*<version>([^<]+)<")
            .matcher(Files.readString(Page.TOP.resolve("pom.xml")));
    if (!version.find()) {
      throw new AssertionError("no version in pom.xml");
    }
    return version.group(1);
  }

  /** Whether a program is on the PATH. */
  static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static List<String> dockersOptions(List<String> words)
      throws IOException, InterruptedException {
    List<String> verb = words.get(1).equals("buildx") ? words.subList(1, 3) : words.subList(1, 2);
    List<String> asked = new ArrayList<>(List.of("docker"));
    asked.addAll(verb);
    asked.add("--help");
    String help = output(asked);
    // A plug-in that is not there is answered by the help on Docker itself.
    Matcher known = Pattern.compile("Usage:\\s+docker " + String.join(" ", verb)).matcher(help);
    // What follows the image is livedub's.
    String own = String.join(" ", words).replaceFirst(" (?:livedub:|… dub ).*$", "");
    return LONG_OPTION
        .matcher(own)
        .results()
        .map(MatchResult::group)
        .filter(option -> known.find(0) && !help.contains(option + " "))
        .toList();
  }

  private static List<String> property(String setting) throws IOException {
    List<String> problems = new ArrayList<>();
    String name = setting.replaceFirst("=.*", "");
    boolean known =
        MAVENS_PROPERTIES.contains(name)
            || pomsContain("<" + name + ">")
            || pomsContain("<" + name + "/>");
    need(problems, known, "-D" + name);
    if (name.equals("test")) {
      for (String test : setting.substring("test=".length()).split(",")) {
        String file = test.replaceFirst("#.*", "") + ".java";
        need(problems, anyFile(".", file, ""), file);
      }
    }
    return problems;
  }

  private static boolean pomsContain(String text) throws IOException {
    for (String pom : List.of("pom.xml", "cli/pom.xml")) {
      if (Files.readString(Page.TOP.resolve(pom)).contains(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyFile(String under, String nameEnd, String regex) throws IOException {
    Pattern wanted = Pattern.compile(regex);
    Predicate<Path> fits =
        file -> {
          try {
            return wanted.matcher(Files.readString(file)).find();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        };
    try (Stream<Path> files = Files.walk(Page.TOP.resolve(under))) {
      return files
          .filter(file -> file.toString().endsWith(nameEnd) && Files.isRegularFile(file))
          .anyMatch(fits);
    }
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(word -> word.group().replaceAll("'", "")).toList();
  }

  private static int exitCode(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    return process.waitFor() == 0 ? output : "";
  }

  private static void need(List<String> problems, boolean holds, String what) {
    if (!holds) {
      problems.add(what);
    }
  }
}
