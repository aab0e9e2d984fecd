package dev.livedub.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livedub.cli.pages.Rule.Stage;
import dev.livedub.testkit.thirdparty.ChildProcess;
import dev.livedub.testkit.thirdparty.MediaMtx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends and writes what the pages show, and holds what they show as answers to what comes back. */
@Tag("e2e")
class PageAnswersTest {

  private static final String HOOKS = "http://127.0.0.1:8080/v1/mediamtx/events/";
  private static final String JSON = " -H 'Content-Type: application/json' ";

  private final ObjectMapper mapper = new ObjectMapper();
  private Scene scene;

  @BeforeEach
  void setUp(@TempDir Path directory) throws IOException {
    assumeTrue(MediaMtx.executable().isPresent(), "no mediamtx on the PATH");
    scene = new Scene(directory, "");
  }

  @AfterEach
  void tearDown() {
    if (scene != null) {
      scene.close();
    }
  }

  @Test
  void answers_toAHookAndToAWrongOne_areAsThePageShows() throws Exception {
    scene.servers().prepare(Stage.ON_AIR, command("", "live/news-1/in"));
    String shown = PageBlock.HOOK_ANSWER.text();
    JsonNode answer =
        json(run("curl -s" + JSON + "-d '{\"path\":\"live/news-1/in\"}' " + HOOKS + "ready"));
    assertThat(names(answer)).isEqualTo(names(json(shown.replaceFirst("^202 ", ""))));
    assertThat(answer.path("streamId").asText()).isEqualTo("news-1");

    JsonNode problem =
        json(run("curl -s" + JSON + "-d '{\"path\":\"live/a/out\"}' " + HOOKS + "ready"));
    JsonNode told = json(PageBlock.PROBLEM.text());
    assertThat(names(problem)).isEqualTo(names(told));
    for (String name : List.of("type", "title", "status", "code", "detail")) {
      assertThat(problem.path(name)).isEqualTo(told.path(name));
    }

    String changed =
        run(
            "curl -s -X PATCH"
                + JSON
                + "-d '"
                + PageBlock.CHANGE.text()
                + "' http://127.0.0.1:8080/v1/streams/news-1");
    assertThat(json(changed).path("streamId").asText()).as(changed).isEqualTo("news-1");
  }

  @Test
  void hook_withoutLivedub_saysWhatThePageShows() throws Exception {
    String output =
        run(
            "MTX_PATH=live/demo/in LIVEDUB_URL=http://127.0.0.1:8080 LIVEDUB_HOOK_PAUSES='0 0 0 0'"
                + " sh mediamtx/livedub-hook ready || :");
    assertThat(output).isEqualTo(scene.sandbox().here(PageBlock.HOOK_FAILURE.text()));
  }

  @Test
  void mistakes_ofServe_areToldAsThePageShows() throws Exception {
    write(
        "wrong.yaml",
        "mediamtx:\n  api: \"http://127.0.0.1:9997\"\n  rtps: x\nworkers: { mode: fork }\n");
    String output =
        run("cp wrong.yaml livedub.yaml; livedub serve --config livedub.yaml || echo $?");
    assertThat(output.lines())
        .containsExactlyInAnyOrderElementsOf(
            (PageBlock.SERVE_MISTAKES.text() + "\n10").lines().toList());
  }

  @Test
  void url_forPublishers_isTakenByMediamtx() throws Exception {
    scene.servers().prepare(Stage.MEDIAMTX, command("", ""));
    run("ffmpeg -v error -re -i clip.mp4 -c copy -f flv '" + PageBlock.PUBLISH_URL.text() + "'");
  }

  @Test
  void file_ofDub_dubsAsItStands() throws Exception {
    scene.servers().prepare(Stage.MEDIAMTX, command("", ""));
    write("livedub.yaml", PageBlock.DUB_FILE.text());
    run("livedub dub --config livedub.yaml --input clip.mp4");
    assertThat(scene.sandbox().place("copy.flv")).isNotEmptyFile();
  }

  @Test
  void file_ofServe_isServedAsItStands() throws Exception {
    write("livedub.yaml", PageBlock.SERVE_FILE.text());
    PageCommand serve = command("", "GEMINI_API_KEY=… livedub serve --config livedub.yaml");
    try (ChildProcess process = scene.sandbox().start(serve, "")) {
      process.awaitLine("serve_started", Sandbox.limit());
    }
  }

  @Test
  void file_ofPrometheus_isUnderstoodByIt() throws Exception {
    assumeTrue(Looks.isThere("promtool"), "no promtool on the PATH");
    write("prometheus.yml", PageBlock.SCRAPE.text());
    assertThat(run("promtool check config --syntax-only prometheus.yml")).contains("SUCCESS");
  }

  private String run(String text) {
    try (ChildProcess process = scene.sandbox().start(command("", text), "")) {
      assertThat(process.awaitExit(Sandbox.limit())).as(process.output()).isZero();
      return process.output();
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(scene.sandbox().place(name), scene.sandbox().here(text) + "\n");
  }

  private static PageCommand command(String page, String text) {
    return new PageCommand(page, 0, text, List.of());
  }

  private JsonNode json(String text) throws IOException {
    return mapper.readTree(text);
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
