package dev.livedub.cli.e2e;

import static dev.livedub.cli.e2e.ServeRig.FORWARDED;
import static dev.livedub.cli.e2e.ServeRig.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code livedub serve} does with streams, whatever servers they come from. */
abstract class ServeContract {

  /** A dub that is looked at for so long is on air. */
  static final Duration ON_AIR = Duration.ofSeconds(8);

  /** A player that a dub is played to while something happens to livedub. */
  static final Duration MOMENT = Duration.ofSeconds(2);

  /** Room in the clip for starts and faults on a busy machine. */
  private static final Duration CLIP = Duration.ofSeconds(90);

  /** A stream that is not forwarded. */
  private static final String PLAIN = "plain";

  private static final Duration DROP = Duration.ofSeconds(5);

  /** More than {@link #DROP} and the time it takes to publish anew. */
  private static final String GRACE = "11s";

  @TempDir static Path clips;
  static SourceClip clip;

  @TempDir Path directory;

  /** Starts servers for a stream. */
  abstract Ingest ingest(ServeRig rig, String streamId) throws IOException;

  @BeforeAll
  static void encodeClip() {
    clip =
        SourceClip.encode(
            clips, SourceClip.Look.B_FRAMES_25, SourceClip.Layout.AAC_STEREO_48K, CLIP);
  }

  @Test
  void publisher_comes_dubIsPlayedAndForwardedInStepWithoutShowingASecret() throws IOException {
    Path played = directory.resolve("out.flv");
    try (ServeRig rig = rig("--translator", "passthrough");
        Ingest ingest = ingest(rig, FORWARDED)) {
      rig.start(ingest);
      goOnAir(rig, ingest, FORWARDED);
      rig.awaitElsewhere(FORWARDED, "FORWARDING");
      try (Ffmpeg player = Ffmpeg.record(ingest.outUrl(FORWARDED), played)) {
        player.awaitOutput(LIMIT);
        rig.staysUpFor(ON_AIR);
        rig.showsNoSecret(FORWARDED);
        player.stop();
      }
      assertThat(rig.stop()).as(rig.output()).isZero();
      isWhole(new Recording(played), ON_AIR, ingest.roundings());
      new Recording(played).isInStepWith(clip);
      isWhole(rig.recordingElsewhere(), ON_AIR, ingest.roundings() + 2);
      rig.recordingElsewhere().isInStepWith(clip);
    }
  }

  @Test
  void publisher_goes_runIsKeptForTheGracePeriodAndEndsAfterIt() throws IOException {
    try (ServeRig rig = rig("--translator", "tone", "--grace", GRACE);
        Ingest ingest = ingest(rig, PLAIN)) {
      rig.start(ingest);
      JsonNode first = goOnAir(rig, ingest, PLAIN);
      ingest.drop(PLAIN);
      rig.awaitState(PLAIN, "GRACE");
      rig.staysUpFor(DROP);
      long backNanos = System.nanoTime();
      ingest.publish(PLAIN);
      JsonNode back = rig.awaitState(PLAIN, "RUNNING");
      ServeRig.tell("publisher back after " + DROP.toSeconds() + " s: RUNNING", backNanos);
      rig.awaitPlays(ingest.outUrl(PLAIN));
      ServeRig.tell("publisher back: seen and heard for 2 s", backNanos);
      assertThat(isSameRun(first, back)).as("%s%n%s", first, back).isTrue();
      assertThat(rig.workers()).isEqualTo(Map.of("plain.dub", List.of(pid(first))));

      ingest.drop(PLAIN);
      long goneNanos = System.nanoTime();
      rig.awaitEnd(PLAIN);
      ServeRig.tell("publisher gone for good, grace " + GRACE + ": worker ended", goneNanos);
      JsonNode second = goOnAir(rig, ingest, PLAIN);
      assertThat(second.path("runId").asText()).isNotEqualTo(first.path("runId").asText());
      assertThat(pid(second)).isNotEqualTo(pid(first));
    }
  }

  @Test
  void orchestrator_isKilled_nextOneTakesOverWhatIsOnAir() throws IOException {
    Path played = directory.resolve("out.flv");
    try (ServeRig rig = rig("--translator", "tone");
        Ingest ingest = ingest(rig, FORWARDED)) {
      rig.start(ingest);
      JsonNode before = goOnAir(rig, ingest, FORWARDED);
      rig.awaitElsewhere(FORWARDED, "FORWARDING");
      Map<String, List<Long>> workers = rig.workers();
      assertThat(workers).containsOnlyKeys("demo.dub", "demo.egress." + ServeRig.ELSEWHERE);
      try (Ffmpeg player = Ffmpeg.record(ingest.outUrl(FORWARDED), played)) {
        player.awaitOutput(LIMIT);
        rig.killServe();
        assertThat(player.process().endsWithin(MOMENT)).as(player.output()).isFalse();
        assertThat(rig.workers()).isEqualTo(workers);
        long startNanos = System.nanoTime();
        rig.startAgain();
        JsonNode after = rig.awaitState(FORWARDED, "RUNNING");
        ServeRig.tell("orchestrator started after kill -9: worker adopted, RUNNING", startNanos);
        rig.awaitElsewhere(FORWARDED, "FORWARDING");
        assertThat(isSameRun(before, after)).as("%s%n%s", before, after).isTrue();
        rig.staysUpFor(ON_AIR);
        assertThat(rig.workers()).isEqualTo(workers);
        player.stop();
      }
      assertThat(rig.stop()).as(rig.output()).isZero();
      assertThat(rig.workers()).isEmpty();
      isWhole(new Recording(played), ON_AIR.plus(MOMENT), ingest.roundings());
      isWhole(rig.recordingElsewhere(), ON_AIR.plus(MOMENT), ingest.roundings() + 2);
    }
  }

  @Test
  void worker_isKilled_isBackOnAirInTheSameRun() throws IOException {
    try (ServeRig rig = rig("--translator", "tone");
        Ingest ingest = ingest(rig, PLAIN)) {
      rig.start(ingest);
      JsonNode before = goOnAir(rig, ingest, PLAIN);
      long killedNanos = System.nanoTime();
      WorkerProcesses.kill(pid(before));
      JsonNode after =
          rig.await(
              PLAIN,
              "RUNNING anew",
              view ->
                  view.path("state").asText().equals("RUNNING")
                      && view.path("workerPid").asLong() > 0
                      && pid(view) != pid(before));
      ServeRig.tell("worker killed: RUNNING again", killedNanos);
      rig.awaitPlays(ingest.outUrl(PLAIN));
      ServeRig.tell("worker killed: seen and heard again for a second", killedNanos);
      assertThat(after.path("restarts").asInt()).isEqualTo(1);
      assertThat(after.path("runId")).isEqualTo(before.path("runId"));
      assertThat(rig.workers()).isEqualTo(Map.of("plain.dub", List.of(pid(after))));
    }
  }

  ServeRig rig(String... options) throws IOException {
    return new ServeRig(directory, options);
  }

  /** Has a publisher come and waits until its stream is on air. */
  static JsonNode goOnAir(ServeRig rig, Ingest ingest, String streamId) {
    long publishedNanos = System.nanoTime();
    ingest.publish(streamId);
    JsonNode view = rig.awaitState(streamId, "RUNNING");
    ServeRig.tell(streamId + " published: RUNNING", publishedNanos);
    assertThat(view.path("restarts").asInt()).as(view.toString()).isZero();
    return view;
  }

  /** Every picture and all sound of {@code clip}, with times as they were, and no hole. */
  static void isWhole(Recording recording, Duration onAir, int roundings) {
    recording.hasEveryPictureOf(clip, onAir);
    recording.hasAscendingTimestampsOf(clip, roundings);
    recording.hasSoundWithoutHole();
  }

  /** Whether nothing was started anew between two looks at a stream. */
  static boolean isSameRun(JsonNode before, JsonNode after) {
    return pid(before) > 0
        && pid(before) == pid(after)
        && !before.path("runId").asText().isEmpty()
        && before.path("runId").equals(after.path("runId"))
        && after.path("restarts").asInt() == 0;
  }

  /** The process of a stream's worker; 0 if there is none. */
  static long pid(JsonNode view) {
    return view.path("workerPid").asLong();
  }
}
