package dev.livedub.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.Main;
import dev.livedub.testkit.clip.ClipGenerator;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.thirdparty.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory that stands for the machine of a page's reader: what the page names lies where it
 * says, below this directory, and a command is run in it with nothing changed but places, ports and
 * what the reader is to fill in.
 *
 * <p>Three programs are stand-ins, since a test cannot have the real ones: {@code livedub} is this
 * build's instead of a jar, {@code journalctl} shows the log of the {@code livedub serve} that the
 * test started, {@code systemctl} says yes to units that the tree has and changes nothing.
 */
final class Sandbox {

  static final String PASSWORD = "S3CRET-publisher";
  static final String TOKEN = "S3CRET-token";
  static final String HOOK_SECRET = "S3CRET-hook";

  private static final String KEY = "S3CRET-key";

  /** What {@code mvn -Pdist} would leave. */
  private static final String ARCHIVE = "livedub-" + version() + "-linux-x86_64";

  /** Longer than any of them takes on a busy machine. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration CLIP = Duration.ofSeconds(3);

  /** Places of the machine that lie in the directory instead. */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?<![\\w./-])/(?=(?:etc|opt|run/secrets|usr/local/bin|usr/lib|usr/share)/)|(?<=-C )/(?=opt )");

  private static final Pattern ADDRESS =
      Pattern.compile("(?:127\\.0\\.0\\.1|HOST):(8080|8554|1935|9997|9099|9100)\\b");

  private final Path directory;
  private final Map<Integer, Integer> ports;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * Makes one.
   *
   * @param ports the port that stands for each port that pages name
   */
  Sandbox(Path directory, Map<Integer, Integer> ports) throws IOException {
    this.directory = directory;
    this.ports = ports;
    environment.put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("HOME", directory.toString());
    environment.put("SDL_VIDEODRIVER", "dummy");
    environment.put("SDL_AUDIODRIVER", "dummy");
    environment.put("MTX_RTMPADDRESS", address(1935));
    environment.put("MTX_RTSPADDRESS", address(8554));
    environment.put("MTX_APIADDRESS", address(9997));
    environment.put("MTX_METRICS", "no");
    environment.put("LIVEDUB_HTTP_ADDR", address(8080));
    environment.put("LIVEDUB_MEDIAMTX_RTSP", "rtsp://" + address(8554));
    environment.put("LIVEDUB_MEDIAMTX_RTMP", "rtmp://" + address(1935));
    environment.put("LIVEDUB_MEDIAMTX_API", "http://" + address(9997));
    environment.put("LIVEDUB_STATE_DIR", directory.resolve("state").toString());
    programs();
    files();
    trees();
  }

  /** A place of the machine, such as {@code /etc/livedub}, where it is here. */
  Path place(String path) {
    return directory.resolve(path.replaceFirst("^/", ""));
  }

  /** Where the service listens that pages have on {@code port}. */
  String address(int port) {
    return "127.0.0.1:" + ports.get(port);
  }

  /** Sets a variable for all commands. */
  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** Starts a command in the directory of the sandbox. */
  ChildProcess start(PageCommand command, String addition) {
    String settings =
        command.settings().stream().map(this::here).reduce("", (all, each) -> all + each + "\n");
    return start(command.page(), settings + here(command.text() + addition));
  }

  /** Starts what is to be typed in a page's place in the tree. */
  ChildProcess start(String page, String script) {
    Path where = page.equals("mediamtx/README.md") ? place("mediamtx") : directory;
    return ChildProcess.start("page", where, environment, List.of("bash", "-c", script));
  }

  /** A text with the sandbox's places, ports and secrets in it. */
  String here(String text) {
    Matcher address = ADDRESS.matcher(text);
    String at = address.replaceAll(each -> address(Integer.parseInt(each.group(1))));
    return PLACE
        .matcher(at)
        .replaceAll(Matcher.quoteReplacement(directory + "/"))
        .replaceAll("--(port|metrics-port) (?:9099|9100)\\b", "--$1 0")
        .replaceAll("(_API_KEY=)(?:…|\\.\\.\\.)", "$1" + KEY)
        .replaceAll("(_PASS=)(?:…|\\.\\.\\.)", "$1" + PASSWORD)
        .replaceAll("--input (?:rtsp://)?…", "--input clip.mp4")
        .replaceAll("--output (?:rtmp://)?…", "--output copy.flv")
        .replaceAll("forward …$", "forward --input clip.mp4 --output copy.flv")
        .replaceAll(" …$", " --input clip.mp4 --output copy.flv")
        .replaceAll("(\\(umask 077; cat .*\\))$", "$1 < key.txt")
        .replace("PASSWORD", PASSWORD)
        .replace("INPUT", "clip.mp4");
  }

  /** Has livedub installed as the archive is. */
  void install() {
    make("ln -s ../" + ARCHIVE + " opt/livedub");
  }

  static Duration limit() {
    return LIMIT;
  }

  private void programs() throws IOException {
    String livedub =
        String.format(
            "exec '%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"
                + " -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.maxBytes=0"
                + " -cp '%s' %s \"$@\"\n",
            System.getProperty("java.home"),
            System.getProperty("java.class.path"),
            Main.class.getName());
    for (String place : List.of("bin/livedub", "livedub", ARCHIVE + "/bin/livedub")) {
      program(place, livedub);
    }
    // Its archive of classes belongs to the Java that it comes with, not to the one of these tests.
    program(
        ARCHIVE + "/runtime/bin/java",
        String.format(
            "exec '%s/bin/java' -XX:SharedArchiveFile='%s' \"$@\"\n",
            System.getProperty("java.home"), directory.resolve("classes.jsa")));
    program(
        "bin/journalctl",
        """
        lines=+1 follow= log=%1$s/livedub.log
        while [ $# -gt 0 ]; do
          case "$1" in
            -u | -fu) [ "$1" = -u ] || follow=-f; log=%1$s/$2.log; shift ;;
            -o) [ "$2" = cat ] || exit 2; shift ;;
            -n) lines=$2; shift ;;
            -k) log=/dev/null ;;
            *) echo "journalctl: unknown word $1" >&2; exit 2 ;;
          esac
          shift
        done
        exec tail $follow -n "$lines" "$log"
        """
            .formatted(directory));
    program(
        "bin/systemctl",
        """
        case "$1 $2" in "enable --now") unit=$3 ;; "restart "*) unit=$2 ;; *) exit 2 ;; esac
        case " livedub mediamtx " in *" $unit "*) ;; *) echo "no unit $unit" >&2; exit 5 ;; esac
        """);
    program(
        "bin/systemd-sysusers",
        "grep -q '^u livedub ' '" + place("/usr/lib/sysusers.d/livedub.conf") + "'\n");
  }

  private static String version() {
    try {
      return Looks.version();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void program(String place, String script) throws IOException {
    Path file = write(place, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void files() throws IOException {
    ClipGenerator.write(
        ClipSpec.builder().markedSpeech().duration(CLIP).build(), directory.resolve("clip.mp4"));
    write("key.txt", KEY + "\n");
    write("faults.jsonl", "{\"fault\":\"slow-set-up\",\"millis\":100}\n");
    write("livedub.log", "");
    write("mediamtx.log", "");
    write("password.txt", PASSWORD);
    write("etc/livedub/hook", HOOK_SECRET + "\n");
    write("etc/livedub/secrets/api_token", TOKEN + "\n");
    write("etc/livedub/secrets/gemini_api_key", KEY + "\n");
    write("run/secrets/youtube_url", "rtmp://" + address(1935) + "/live/elsewhere/out\n");
    write("elsewhere.url", "rtmp://" + address(1935) + "/live/youtube/out\n");
    for (String made :
        List.of(
            "usr/local/bin",
            "usr/lib/sysusers.d",
            "usr/share/bash-completion/completions",
            "etc/systemd/system",
            "opt")) {
      Files.createDirectories(directory.resolve(made));
    }
    write(
        "livedub.yaml",
        here(
            """
            streams:
              - match: "*"
                egress: [ { name: youtube, url-file: elsewhere.url } ]
            """));
  }

  private void trees() throws IOException {
    for (String tree : List.of("mediamtx", "docker", "packaging")) {
      copy(Page.TOP.resolve(tree), directory.resolve(tree));
    }
    Files.createSymbolicLink(place("mediamtx/clip.mp4"), place("clip.mp4"));
    copy(Page.TOP.resolve("packaging/systemd"), place(ARCHIVE + "/systemd"));
    Files.createDirectories(place(ARCHIVE + "/conf"));
    Files.copy(place("packaging/livedub.yaml"), place(ARCHIVE + "/conf/livedub.yaml"));
    make("tar -czf " + ARCHIVE + ".tar.gz " + ARCHIVE);
    make(
        "keytool -genkeypair -alias server -keyalg EC -dname CN=localhost -storepass changeit"
            + " -keystore server.p12 && keytool -exportcert -alias server -storepass changeit"
            + " -keystore server.p12 -file server.crt");
    Files.copy(place("mediamtx/livedub-hook"), place("usr/local/bin/livedub-hook"));
    Path settings = place("mediamtx/mediamtx.yml");
    Files.writeString(settings, here(Files.readString(settings)));
    write("etc/mediamtx.yml", Files.readString(settings));
    write("etc/livedub/livedub.yaml", Files.readString(Page.TOP.resolve("packaging/livedub.yaml")));
  }

  private void make(String script) {
    try (ChildProcess process = start("", script)) {
      assertThat(process.awaitExit(LIMIT)).as(process.output()).isZero();
    }
  }

  private Path write(String place, String text) throws IOException {
    Path file = directory.resolve(place);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        // Secrets that somebody has made for a Compose of their own are nobody else's.
        if (!file.toString().contains("docker/secrets")) {
          Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
      }
    }
    assertThat(to).isNotEmptyDirectory();
  }
}
