package dev.livedub.cli.e2e;

import static dev.livedub.cli.e2e.ServeRig.ELSEWHERE;
import static dev.livedub.cli.e2e.ServeRig.FORWARDED;
import static dev.livedub.cli.e2e.ServeRig.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livedub.cli.mediamtx.SetUpMediaMtx;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import dev.livedub.testkit.thirdparty.MediaMtx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With the real MediaMTX, set up by the repository's {@code mediamtx/}. */
@Tag("e2e")
class ServeMediaMtxTest extends ServeContract {

  /** Does what a hook does that livedub never hears of. */
  private static final Path LOST_HOOK = Path.of("/bin/true");

  private static final Duration CHANGE = Duration.ofMillis(1500);
  private static final String DELAY_FIELD = "delayMillis";

  @BeforeAll
  static void needsMediaMtx() {
    assumeTrue(MediaMtx.executable().isPresent(), "no mediamtx on the PATH");
  }

  @Override
  Ingest ingest(ServeRig rig, String streamId) throws IOException {
    return ingest(rig, SetUpMediaMtx.HOOK);
  }

  @Test
  void streams_fiveAtOnceAndOneWithABadQuery_areDubbedAndEndWithTheOrchestrator()
      throws IOException {
    List<String> names = IntStream.rangeClosed(1, 5).mapToObj(n -> "cam-" + n).toList();
    try (ServeRig rig = rig("--translator", "tone");
        MediaMtxIngest ingest = ingest(rig, SetUpMediaMtx.HOOK)) {
      rig.start(ingest);
      long publishedNanos = System.nanoTime();
      names.stream().limit(4).forEach(ingest::publish);
      ingest.publish(
          "cam-5",
          "&lang=%22;&delay=soon&fallback=&egress=rtmp://127.0.0.1:1/evil/S3CRET-key&%zz=%00");
      List<JsonNode> views = names.stream().map(name -> rig.awaitState(name, "RUNNING")).toList();
      ServeRig.tell("five published at once: all RUNNING", publishedNanos);
      assertThat(views.stream().map(ServeContract::pid)).doesNotHaveDuplicates();
      assertThat(rig.workers().keySet())
          .containsExactlyElementsOf(names.stream().map(name -> name + ".dub").toList());
      JsonNode badlyAsked = views.get(4);
      assertThat(badlyAsked.path(DELAY_FIELD)).isEqualTo(views.get(0).path(DELAY_FIELD));
      assertThat(badlyAsked.path("egress")).isEmpty();
      assertThat(rig.output()).contains("query_ignored").doesNotContain("S3CRET", "evil");
      rig.awaitPlays(ingest.outUrl("cam-5"));

      long toldNanos = System.nanoTime();
      assertThat(rig.stop()).as(rig.output()).isZero();
      ServeRig.tell("five on air, SIGTERM: all ended", toldNanos);
      assertThat(rig.workers()).isEmpty();
    }
  }

  @Test
  void stream_badId_isRefusedByMediaMtxAndByLivedub() throws IOException {
    try (ServeRig rig = rig("--translator", "tone");
        MediaMtxIngest ingest = ingest(rig, SetUpMediaMtx.HOOK)) {
      rig.start(ingest);
      for (String id : List.of("bad.id", "..", "a/b", "x".repeat(65))) {
        String path = "live/" + id + "/in";
        Hook hook = Hook.run(rig.hookEnvironment(), "ready", path, "1");
        assertThat(hook.exitCode()).as(path).isEqualTo(1);
        assertThat(hook.output()).contains("HTTP 400");
      }
      assertThat(ingest.isRefused("bad.id", LIMIT)).isTrue();
      assertThat(rig.api().text("/v1/streams")).isEqualTo("{\"streams\":[]}");
      assertThat(rig.workers()).isEmpty();
      assertThat(rig.stop()).as(rig.output()).isZero();
    }
  }

  @Test
  void mediaMtx_isKilledAndComesBack_streamIsOnAirAgain() throws IOException {
    try (ServeRig rig = rig("--translator", "tone");
        MediaMtxIngest ingest = ingest(rig, SetUpMediaMtx.HOOK)) {
      rig.start(ingest);
      JsonNode before = goOnAir(rig, ingest, "cam");
      Map<String, Integer> publishers = ingest.killAndStartAgain(LIMIT);
      assertThat(publishers).containsOnlyKeys("cam").doesNotContainValue(0);
      long backNanos = System.nanoTime();
      ingest.publish("cam");
      rig.awaitPlays(ingest.outUrl("cam"));
      ServeRig.tell("MediaMTX and publisher back: seen and heard for 2 s", backNanos);
      JsonNode after = rig.awaitState("cam", "RUNNING");
      assertThat(isSameRun(before, after)).as("%s%n%s", before, after).isTrue();
      assertThat(rig.workers()).isEqualTo(Map.of("cam.dub", List.of(pid(before))));
    }
  }

  @Test
  void hooks_areLost_streamBeginsAndEndsAllTheSame() throws IOException {
    try (ServeRig rig = rig("--translator", "tone", "--grace", "1s");
        MediaMtxIngest ingest = ingest(rig, LOST_HOOK)) {
      rig.start(ingest);
      goOnAir(rig, ingest, "cam");
      rig.awaitPlays(ingest.outUrl("cam"));
      ingest.drop("cam");
      long goneNanos = System.nanoTime();
      rig.awaitEnd("cam");
      ServeRig.tell("publisher gone, hook lost, grace 1 s: worker ended", goneNanos);
      assertThat(rig.output())
          .contains("\"event\":\"reconciled\"")
          .doesNotContain("\"event\":\"hook\"");
    }
  }

  @Test
  void operator_changesAStreamOnAir_nothingIsCut() throws IOException {
    Path played = directory.resolve("out.flv");
    try (ServeRig rig = rig("--translator", "tone");
        MediaMtxIngest ingest = ingest(rig, SetUpMediaMtx.HOOK)) {
      rig.start(ingest);
      JsonNode before = goOnAir(rig, ingest, FORWARDED);
      rig.awaitElsewhere(FORWARDED, "FORWARDING");
      try (Ffmpeg player = Ffmpeg.record(ingest.outUrl(FORWARDED), played)) {
        player.awaitOutput(LIMIT);
        assertThat(change(rig, "muted", "true").path("muted").asBoolean()).isTrue();
        assertThat(change(rig, "muted", "false").path("muted").asBoolean(true)).isFalse();
        assertThat(change(rig, "duckDb", "-6").path("duckDb").asDouble()).isEqualTo(-6);
        assertThat(change(rig, "targetLang", "\"fr\"").path("targetLang").asText()).isEqualTo("fr");
        assertThat(change(rig, "bypass", "true").path("bypass").asBoolean()).isTrue();
        assertThat(change(rig, "bypass", "false").path("bypass").asBoolean(true)).isFalse();
        change(rig, "egress", "{\"" + ELSEWHERE + "\":false}");
        rig.awaitElsewhere(FORWARDED, "OFF");
        rig.awaitWorkers(List.of(FORWARDED + ".dub"));
        change(rig, "egress", "{\"" + ELSEWHERE + "\":true}");
        rig.awaitElsewhere(FORWARDED, "FORWARDING");
        rig.staysUpFor(MOMENT);
        player.stop();
      }
      JsonNode after = rig.awaitState(FORWARDED, "RUNNING");
      assertThat(isSameRun(before, after)).as("%s%n%s", before, after).isTrue();
      assertThat(rig.stop()).as(rig.output()).isZero();
      isWhole(new Recording(played), CHANGE.multipliedBy(8), ingest.roundings());
    }
  }

  private MediaMtxIngest ingest(ServeRig rig, Path hook) throws IOException {
    return new MediaMtxIngest(clip, directory, hook, rig.hookEnvironment());
  }

  /** Changes something and gives it time to be heard; the stream with the change. */
  private static JsonNode change(ServeRig rig, String field, String value) {
    JsonNode view = rig.api().change(FORWARDED, "{\"" + field + "\":" + value + "}");
    rig.staysUpFor(CHANGE);
    return view;
  }
}
