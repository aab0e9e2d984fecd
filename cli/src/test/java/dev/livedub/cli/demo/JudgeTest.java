package dev.livedub.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.PassthroughTranslator;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.media.worker.DubWorkerLauncher;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.rtmp.RtmpTag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration on a small clip: what is spoilt is found. */
class JudgeTest {

  private static final ClipSpec CLIP = ClipSpec.builder().pictureBitRate(400_000).build();

  private static final String PICTURES = "pictures bit for bit as they came";
  private static final String TONE = "440 Hz tone heard where the source speaks";
  private static final String SLOTS = "slots on air";
  private static final String EXIT = "exit";

  @TempDir Path directory;

  @Test
  void findings_toneOnAir_holdAndFailOnceAnythingIsSpoilt() throws Exception {
    Recording good = play(CLIP, ToneTranslator::new);
    List<String> before = failed(good);
    assertThat(before)
        .as("%s%n%s", FindingTable.of(new Judge(good).findings()), good.status())
        .doesNotContain(PICTURES, "timestamps in order", "sound without a gap", TONE, EXIT);

    List<RtmpTag> holed = new ArrayList<>(good.output());
    holed.remove(holed.size() / 2);
    assertThat(failed(with(good, holed, good.status(), good.exit()))).contains(PICTURES);
    WorkerExit spent = new WorkerExit(ExitCode.RETRIES_SPENT, "spent");
    assertThat(failed(with(good, good.output(), good.status(), spent))).contains(EXIT);
    assertThat(failed(with(good, good.output(), withFallback(good.status()), good.exit())))
        .contains(SLOTS);
  }

  @Test
  void findings_noToneOrSoundThatIsLate_areFound() throws Exception {
    ClipSpec late =
        ClipSpec.builder().pictureBitRate(400_000).soundShift(Duration.ofMillis(60)).build();
    Recording bad = play(late, PassthroughTranslator::new);
    assertThat(failed(bad)).contains("sound minus picture, by flash and beep", TONE, SLOTS);
  }

  private Recording play(ClipSpec clip, Supplier<Translator> translator) throws Exception {
    return new Stage(new DubWorkerLauncher(), Duration.ofSeconds(1), status -> {})
        .play(clip, (config, meters) -> translator.get(), Duration.ofSeconds(6), directory);
  }

  private static List<String> failed(Recording recording) {
    return new Judge(recording)
        .findings().stream()
            .filter(finding -> finding.verdict() == Finding.Verdict.FAIL)
            .map(Finding::what)
            .toList();
  }

  private static Recording with(
      Recording from, List<RtmpTag> output, WorkerStatus status, WorkerExit exit) {
    return new Recording(
        from.clip(),
        from.source(),
        from.published(),
        output,
        from.file(),
        from.delay(),
        exit,
        status,
        from.startUp(),
        from.cpu(),
        from.wall());
  }

  private static WorkerStatus withFallback(WorkerStatus from) {
    return new WorkerStatus(
        from.state(),
        from.reason(),
        from.onAirMicros(),
        from.inputBitsPerSecond(),
        from.outputBitsPerSecond(),
        from.delayMillis(),
        from.videoQueueMillis(),
        from.audioQueueMillis(),
        from.avSyncDeltaMillis(),
        new SlotCounts(5, 0, 1, 0),
        from.translator(),
        from.inputDiscontinuities(),
        from.inputReconnects(),
        from.live(),
        from.outputs());
  }
}
