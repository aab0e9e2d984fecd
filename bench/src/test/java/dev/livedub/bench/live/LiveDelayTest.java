package dev.livedub.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.bench.Distribution;
import dev.livedub.bench.faults.FaultRig;
import dev.livedub.bench.faults.OutputCheck;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.timeline.DelayRamp;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.media.worker.DubWorkerLauncher;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.measure.AccessUnitIdentity;
import dev.livedub.testkit.measure.AvOffset;
import dev.livedub.testkit.measure.DecodedFile;
import dev.livedub.testkit.measure.PacketList;
import dev.livedub.testkit.measure.PcmSegment;
import dev.livedub.testkit.measure.SoundGaps;
import dev.livedub.testkit.publish.LivePublisher;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpSink;
import dev.livedub.testkit.rtmp.RtmpSinkOptions;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import dev.livedub.testkit.rtsp.AccessUnit;
import dev.livedub.testkit.rtsp.RtspRelay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The playout delay grows and shrinks again while a stream is on air, between servers that measure.
 * With {@code E2E_SECONDS} of 240 or more it changes by more than a second each way.
 */
final class LiveDelayTest {

  private static final String IN = "live/demo/in";
  private static final String OUT = "live/demo/out";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final double SHORT_LAG = 4.5;
  private static final double LONG_LAG = 6.3;
  private static final int PICTURES_A_SECOND = 25;

  /** Arrival times are compared over so many seconds. */
  private static final int PACE_SECONDS = 10;

  /** By how much a busy machine may shift the median of a second. */
  private static final double SHIFTED_MILLIS = 60;

  private static final double CHANGE_MILLIS =
      Integer.parseInt(Optional.ofNullable(System.getenv("E2E_SECONDS")).orElse("0")) >= 240
          ? 1_050
          : 200;

  @TempDir private Path dumps;

  @Test
  @Timeout(value = 400, unit = TimeUnit.SECONDS)
  void chosenDelay_longerAndShorter_changesNothingButTheTimeOfArrival() {
    LateTone translator = new LateTone(SHORT_LAG);
    try (RtspRelay relay = RtspRelay.start();
        RtmpSink sink = RtmpSink.start(RtmpSinkOptions.defaults().withDumpDirectory(dumps))) {
      relay.path(IN).accessUnits().enable(100_000);
      ClipSpec clip =
          ClipSpec.builder().size(160, 90).gopFrames(25).pictureBitRate(200_000).build();
      try (LivePublisher publisher = LivePublisher.start(clip, relay.url(IN))) {
        FaultRig.await(
            "the publisher", PATIENCE, () -> relay.path(IN).stats().packetsForwarded() > 0);
        List<Double> delaysMillis = dub(relay, sink, translator);
        assertThat(publisher.failure()).isEmpty();
        System.out.println("delays, ms: " + delaysMillis);
      }
      RtmpPublication publication = sink.stream(OUT).latest().orElseThrow();
      assertWhole(relay.path(IN).accessUnits().units(), publication);
      assertPace(relay.path(IN).accessUnits().units(), publication);
    }
  }

  /** Dubs until the delay has grown and shrunk; returns where it turned. */
  private static List<Double> dub(RtspRelay relay, RtmpSink sink, LateTone translator) {
    DubConfig config =
        DubConfig.builder("demo", relay.url(IN), List.of(sink.url(OUT)), TranslatorKind.TONE)
            .delay(
                new PlayoutDelay(
                    Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(25)))
            .duckDb(-6)
            .patience(PATIENCE)
            .build();
    Worker worker = new DubWorkerLauncher().create(config, (c, m) -> translator, MeterSink.NONE);
    CompletableFuture<WorkerExit> exit = new CompletableFuture<>();
    Thread thread = new Thread(() -> exit.complete(worker.run()), "live-delay-worker");
    thread.setDaemon(true);
    thread.start();
    try {
      FaultRig.await("on air", PATIENCE, () -> worker.status().onAirMicros() > 4_000_000);
      double first = worker.status().delayMillis();
      translator.lag(LONG_LAG);
      awaitDelay(worker, first + CHANGE_MILLIS, true);
      translator.lag(SHORT_LAG);
      double longest = worker.status().delayMillis();
      awaitDelay(worker, longest - CHANGE_MILLIS, false);
      double last = worker.status().delayMillis();
      return List.of(first, longest, last);
    } finally {
      worker.stop("heard enough");
      assertThat(exit.orTimeout(10, TimeUnit.SECONDS).join().code()).isEqualTo(ExitCode.CLEAN);
      RtmpPublication publication = sink.stream(OUT).latest().orElseThrow();
      FaultRig.await("the recording", PATIENCE, () -> publication.endedNanos().isPresent());
    }
  }

  private static void awaitDelay(Worker worker, double millis, boolean longer) {
    FaultRig.await(
        "a delay of " + millis + " ms",
        Duration.ofSeconds(200),
        () ->
            longer
                ? worker.status().delayMillis() >= millis
                : worker.status().delayMillis() <= millis);
  }

  private static void assertWhole(List<AccessUnit> shown, RtmpPublication publication) {
    List<RtmpTag> pictures = pictures(publication);
    AccessUnitIdentity identity =
        AccessUnitIdentity.compare(
            shown.stream().map(AccessUnit::vclHash).toList(),
            pictures.stream().map(RtmpTag::vclHash).toList());
    assertThat(identity.isIdentical()).as("%s", identity).isTrue();
    assertThat(OutputCheck.complaints(List.of(publication))).isEmpty();
    Path recording = publication.dump().orElseThrow();
    SoundGaps gaps = SoundGaps.of(PacketList.read(recording));
    assertThat(gaps.isGapless()).as("%s", gaps).isTrue();

    DecodedFile decoded = DecodedFile.read(recording);
    List<PcmSegment> sound =
        decoded.sound().stream().map(each -> each.without(ToneTranslator.TONE_HZ)).toList();
    List<AvOffset.Offset> offsets =
        AvOffset.measure(new DecodedFile(decoded.pictures(), sound)).offsets();
    assertThat(offsets).hasSizeGreaterThan(30);
    // Until the source has said how sound and picture lie, they can be further apart.
    assertThat(offsets.subList(offsets.size() / 3, offsets.size()))
        .allSatisfy(offset -> assertThat(offset.offsetMillis()).isBetween(-20.0, 20.0));
  }

  /** From source to destination, pictures take longer and shorter only as slowly as is said. */
  private static void assertPace(List<AccessUnit> shown, RtmpPublication publication) {
    List<Double> seconds = secondsMillis(shown, pictures(publication));
    for (int i = 0; i + PACE_SECONDS < seconds.size(); i++) {
      double change = seconds.get(i + PACE_SECONDS) - seconds.get(i);
      assertThat(change)
          .as("ms in 10 s from second %d on", i)
          .isBetween(
              -DelayRamp.SHRINKAGE * PACE_SECONDS * 1e3 - SHIFTED_MILLIS,
              DelayRamp.GROWTH * PACE_SECONDS * 1e3 + SHIFTED_MILLIS);
    }
    double longest = seconds.stream().mapToDouble(each -> each).max().orElseThrow();
    System.out.println("source to destination, ms: " + seconds);
    assertThat(longest - seconds.get(1)).isGreaterThan(CHANGE_MILLIS - SHIFTED_MILLIS);
    assertThat(longest - seconds.get(seconds.size() - 1))
        .isGreaterThan(CHANGE_MILLIS - SHIFTED_MILLIS);
  }

  /** Median of how long the pictures of each second were under way. */
  private static List<Double> secondsMillis(List<AccessUnit> shown, List<RtmpTag> pictures) {
    List<Long> hashes = shown.stream().map(AccessUnit::vclHash).toList();
    int joined =
        (int)
            AccessUnitIdentity.compare(hashes, pictures.stream().map(RtmpTag::vclHash).toList())
                .joinedAt();
    List<Double> seconds = new ArrayList<>();
    for (int from = 0; from + PICTURES_A_SECOND <= pictures.size(); from += PICTURES_A_SECOND) {
      double[] millis = new double[PICTURES_A_SECOND];
      for (int i = 0; i < PICTURES_A_SECOND; i++) {
        millis[i] =
            (pictures.get(from + i).arrivalNanos() - shown.get(joined + from + i).forwardedNanos())
                / 1e6;
      }
      seconds.add(new Distribution(millis).quantile(0.5));
    }
    return seconds;
  }

  private static List<RtmpTag> pictures(RtmpPublication publication) {
    return publication.media(TagKind.VIDEO).stream().filter(RtmpTag::coded).toList();
  }
}
