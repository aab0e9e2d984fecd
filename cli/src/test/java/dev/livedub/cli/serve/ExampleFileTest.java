package dev.livedub.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.config.FileSection;
import dev.livedub.cli.config.ProcessSettings;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.GeminiAccess;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.config.Setting;
import dev.livedub.core.config.SettingLayer;
import dev.livedub.core.config.SettingLayer.Given;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.config.StreamPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the example of the documentation to what the program reads. */
class ExampleFileTest {

  private static final Path EXAMPLE = Path.of("..", "docs", "livedub.yaml");

  @TempDir Path directory;

  @Test
  void example_asItIs_isUnderstood() throws Exception {
    ServeOptions options = resolve(Files.readString(EXAMPLE));
    StreamPlan news = plan(options, "news-1");
    assertThat(news.dub().targetLang()).hasValue("pt-BR");
    assertThat(news.egress()).extracting(EgressTarget::name).containsExactly("youtube", "backup");
    assertThat(plan(options, "studio-2").dub().translator()).isEqualTo(TranslatorKind.BYPASS);
    assertThat(plan(options, "studio-22").dub().translator()).isEqualTo(TranslatorKind.TONE);
  }

  @Test
  void example_sectionDefaults_holdsTheDefaults() throws Exception {
    String rules = Files.readString(EXAMPLE);
    ServeOptions options = resolve(rules.substring(0, rules.indexOf("\nstreams:")));
    ServeOptions none = resolve("defaults: { translator: tone }");
    DubConfig dub = plan(options, "a").dub();
    assertThat(dub).isEqualTo(plan(none, "a").dub());
    assertThat(dub.delay()).isEqualTo(PlayoutDelay.fixed(Duration.ofSeconds(6)));
    assertThat(options.config().mediamtx()).isEqualTo(none.config().mediamtx());
    assertThat(options.config().http().port()).isEqualTo(none.config().http().port());
    assertThat(options.config().workers().grace()).isEqualTo(none.config().workers().grace());
  }

  @Test
  void example_everyKey_isNamed() throws IOException {
    String text = Files.readString(EXAMPLE);
    for (FileSection section : ServeSettings.sections()) {
      for (String key : section.settings().keySet()) {
        assertThat(text).as(section.name()).containsPattern("(?m)^  (# )?" + key + ":");
      }
    }
  }

  @Test
  void placeInFile_everySettingButTheFilesOwnName_hasOne() {
    for (Setting<?> setting : ServeSettings.all()) {
      assertThat(ServeSettings.placeInFile(setting).isEmpty())
          .as(setting.key())
          .isEqualTo(setting == ProcessSettings.CONFIG);
    }
  }

  @Test
  void installed_filesOfArchiveAndImage_areUnderstoodWithAndWithoutTheirExamples()
      throws Exception {
    for (String file : List.of("packaging/livedub.yaml", "docker/livedub.yaml")) {
      String text =
          Files.readString(Path.of("..").resolve(file))
              .replace("translator: gemini", "translator: tone")
              .replace("hook_secret", "hook")
              .replace("/run/credentials/livedub.service", "/run/secrets");
      resolve(text);
      String examples =
          text.replaceAll("(?m)^(  )?# (?=( {2,8}(- )?)?[a-z-]+:)", "$1")
              .replaceAll("tls-(cert|key): \\S+", "tls-$1: /run/secrets/hook");
      StreamPlan news = plan(resolve(examples), "news-1");
      assertThat(news.dub().targetLang()).as(file).hasValue("pt-BR");
      assertThat(news.egress()).extracting(EgressTarget::name).containsExactly("youtube");
    }
  }

  private ServeOptions resolve(String yaml) throws Exception {
    Files.writeString(directory.resolve("api_token"), "token\n");
    Files.writeString(directory.resolve("hook"), "secret\n");
    Files.writeString(directory.resolve("youtube_url"), "rtmps://a.example/live2/key\n");
    Path file = directory.resolve("livedub.yaml");
    Files.writeString(file, yaml.replace("/run/secrets", directory.toString()));
    return ServeOptions.resolve(
        new SettingLayer(
            Map.of("config", new Given(List.of(file.toString()), "--config")), List.of()),
        Map.of(),
        List.of(TranslatorKind.values()),
        GeminiAccess.NONE);
  }

  private static StreamPlan plan(ServeOptions options, String streamId) {
    return options.config().plans().planFor(streamId, "", "rtsp://m/in", "rtmp://m/out");
  }
}
