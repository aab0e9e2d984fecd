package dev.livedub.orchestrator.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerTask;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.api.EgressView.State;
import dev.livedub.orchestrator.config.EgressTarget;
import dev.livedub.orchestrator.metrics.Measurements;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EgressSupervisorTest {

  private static final String INPUT = "rtsp://mediamtx:8554/live/demo/out";
  private static final EgressTarget YOUTUBE =
      new EgressTarget("youtube", "rtmps://a.rtmps.youtube.com/live2/SECRET-KEY");
  private static final EgressTarget TWITCH =
      new EgressTarget("twitch", "rtmp://live.twitch.tv/app/SECRET-KEY");

  private final FakeLoop loop = new FakeLoop();
  private final FakeHost host = new FakeHost();
  private final Measurements measurements = new Measurements();
  private final EgressSupervisor supervisor =
      new EgressSupervisor(host, measurements::forEgress, loop, loop, loop, new Random(7));

  @AfterEach
  void close() {
    supervisor.close();
    measurements.close();
  }

  @Test
  void begin_twoDestinations_startsAForwarderForEach() {
    begin("run-1", YOUTUBE, TWITCH);

    DubConfig config = Objects.requireNonNull(worker("youtube").order).config();
    assertThat(config.streamId()).isEqualTo("demo");
    assertThat(config.input()).isEqualTo(INPUT);
    assertThat(config.outputs()).containsExactly(YOUTUBE.url());
    assertThat(config.translator()).isEqualTo(TranslatorKind.BYPASS);
    assertThat(config.delay()).isEqualTo(PlayoutDelay.fixed(Duration.ZERO));
    assertThat(config.readyTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(worker("twitch").runId).isEqualTo("run-1");
    assertThat(supervisor.views("demo"))
        .extracting(EgressView::name)
        .containsExactly("youtube", "twitch");
    assertThat(state("youtube")).isEqualTo(State.CONNECTING);
  }

  @Test
  void begin_again_saysNothingNew() {
    begin("run-1", YOUTUBE);
    begin("run-1", YOUTUBE);
    assertThat(host.started).hasSize(1);
  }

  @Test
  void status_connectedAndFlowing_isForwarding() {
    begin("run-1", YOUTUBE);
    worker("youtube").says(WorkerStatus.State.RUNNING, true, 0);
    assertThat(state("youtube")).isEqualTo(State.CONNECTING);
    worker("youtube").forwards(5_000);

    assertThat(view("youtube"))
        .returns(State.FORWARDING, EgressView::state)
        .returns(5_000L, EgressView::bytesOut)
        .returns("rtmps://a.rtmps.youtube.com/live2/***", EgressView::target);
    assertThat(metric("egress_forwarding{name=\"youtube\",streamId=\"demo\"}")).isEqualTo(1);

    worker("youtube").says(WorkerStatus.State.INPUT_LOST, true, 6_000);
    assertThat(view("youtube").reason()).isEqualTo("as told");
    assertThat(metric("egress_forwarding{name=\"youtube\",streamId=\"demo\"}")).isZero();
    worker("youtube").says(WorkerStatus.State.RUNNING, false, 6_000);
    assertThat(state("youtube")).isEqualTo(State.CONNECTING);
  }

  @Test
  void status_destinationThatCannotBeReached_isSaidUntilItTakesTheStream() {
    begin("run-1", YOUTUBE);
    worker("youtube").says(WorkerStatus.State.STARTING, false, 0);
    assertThat(view("youtube").reason()).isEqualTo("the stream is on air");
    worker("youtube").says(WorkerStatus.State.RUNNING, false, 0);
    assertThat(view("youtube"))
        .returns(State.CONNECTING, EgressView::state)
        .returns("the destination does not take the stream yet; trying again", EgressView::reason);
    worker("youtube").forwards(5_000);
    assertThat(view("youtube").reason()).isEqualTo("the destination takes the stream");
  }

  @Test
  void exit_ofOneDestination_leavesTheOtherAlone() {
    begin("run-1", YOUTUBE, TWITCH);
    worker("twitch").forwards(1);
    worker("youtube").exits(ExitCode.INTERNAL);
    pass(Duration.ofMinutes(1));

    assertThat(host.alive("demo", "youtube")).hasSize(1);
    assertThat(view("youtube").retries()).isEqualTo(1);
    assertThat(state("twitch")).isEqualTo(State.FORWARDING);
    assertThat(host.started).hasSize(3);
  }

  @Test
  void exit_inputNotReady_isTriedAgainAsLongAsTheRunLasts() {
    begin("run-1", YOUTUBE);
    for (int i = 0; i < 50; i++) {
      worker("youtube").exits(ExitCode.INPUT_NOT_READY);
      pass(Duration.ofSeconds(5));
    }
    assertThat(state("youtube")).isEqualTo(State.CONNECTING);
    assertThat(
            metric(
                "egress_retries_total{error=\"input_not_ready\",name=\"youtube\",streamId=\"demo\"}"))
        .isEqualTo(50);
  }

  @ParameterizedTest
  @EnumSource(
      value = ExitCode.class,
      names = {"DESTINATION_REFUSED", "INPUT_CODEC_REFUSED"})
  void exit_threeRefusalsInARow_isGivenUpUntilAnOperatorOrAnotherRun(ExitCode refusal) {
    begin("run-1", YOUTUBE);
    refuse(3, refusal);
    assertThat(view("youtube"))
        .returns(State.FAILED, EgressView::state)
        .returns("3 refusals in a row; no: ***", EgressView::reason);
    pass(Duration.ofHours(1));
    assertThat(host.alive("demo", "youtube")).isEmpty();

    supervisor.switchTo("demo", "youtube", true);
    loop.settle();
    refuse(3, refusal);
    assertThat(state("youtube")).isEqualTo(State.FAILED);

    begin("run-2", YOUTUBE);
    assertThat(worker("youtube").runId).isEqualTo("run-2");
    assertThat(view("youtube").retries()).isZero();
  }

  @Test
  void exit_refusalsWithForwardingBetween_areNotInARow() {
    begin("run-1", YOUTUBE);
    for (int i = 0; i < 3; i++) {
      refuse(2, ExitCode.DESTINATION_REFUSED);
      worker("youtube").forwards(1);
      pass(Duration.ofMinutes(11));
    }
    assertThat(state("youtube")).isEqualTo(State.FORWARDING);
  }

  @Test
  void exit_crashLoop_backsOffAndIsGivenUpAfterSixRestarts() {
    begin("run-1", YOUTUBE);
    long startNanos = loop.nanos();
    for (int i = 0; i < 6; i++) {
      worker("youtube").exits(ExitCode.INTERNAL);
      pass(Duration.ofSeconds(30));
    }
    worker("youtube").exits(ExitCode.RETRIES_SPENT);
    pass(Duration.ofMinutes(30));

    assertThat(view("youtube").state()).isEqualTo(State.FAILED);
    assertThat(view("youtube").reason()).startsWith("6 restarts in 10 minutes; ");
    assertThat(host.started).hasSize(7);
    assertThat(loop.nanos()).isGreaterThan(startNanos);
    assertThat(metric("egress_retries_total{error=\"crashed\",name=\"youtube\",streamId=\"demo\"}"))
        .isEqualTo(6);
  }

  @Test
  void exit_onceInAWhile_isNeverGivenUp() {
    begin("run-1", YOUTUBE);
    for (int i = 0; i < 100; i++) {
      worker("youtube").forwards(1);
      pass(Duration.ofMinutes(3));
      worker("youtube").exits(ExitCode.RETRIES_SPENT);
      pass(Duration.ofSeconds(2)); // it was steady, so the first pause is the shortest
      assertThat(host.alive("demo", "youtube")).hasSize(1);
    }
    assertThat(view("youtube").retries()).isEqualTo(100);
    assertThat(view("youtube").bytesOut()).isEqualTo(100);
  }

  @Test
  void switchOff_ends_andOnStartsAnewOnlyAfterTheEnd() {
    begin("run-1", YOUTUBE, TWITCH);
    FakeHost.FakeWorker first = worker("youtube");
    assertThat(supervisor.switchTo("demo", "youtube", false)).isTrue();
    assertThat(view("youtube"))
        .returns(State.OFF, EgressView::state)
        .returns(false, EgressView::enabled);
    loop.settle();
    assertThat(first.stopping).isTrue();
    assertThat(worker("twitch").stopping).isFalse();

    supervisor.switchTo("demo", "youtube", true);
    pass(Duration.ofSeconds(5));
    assertThat(worker("youtube")).isSameAs(first);
    first.exits(ExitCode.CLEAN);
    loop.settle();
    assertThat(worker("youtube")).isNotSameAs(first);
    assertThat(supervisor.switchTo("demo", "nobody", true)).isFalse();
    assertThat(supervisor.switchTo("nobody", "youtube", true)).isFalse();
  }

  @Test
  void switchOff_whileWaiting_staysOff() {
    begin("run-1", YOUTUBE);
    worker("youtube").exits(ExitCode.INTERNAL);
    supervisor.switchTo("demo", "youtube", false);
    pass(Duration.ofHours(1));
    assertThat(host.alive("demo", "youtube")).isEmpty();
    assertThat(state("youtube")).isEqualTo(State.OFF);

    supervisor.end("demo", "the publisher is gone");
    begin("run-1", YOUTUBE);
    assertThat(view("youtube").enabled()).isFalse();
    begin("run-2", YOUTUBE);
    assertThat(view("youtube").enabled()).isTrue();
    assertThat(host.alive("demo", "youtube")).hasSize(1);
  }

  @Test
  void end_stopsAllAndNothingComesAfter() {
    begin("run-1", YOUTUBE, TWITCH);
    worker("twitch").exits(ExitCode.INTERNAL);
    supervisor.end("demo", "the publisher is gone");
    loop.settle();
    assertThat(worker("youtube").stopping).isTrue();
    assertThat(supervisor.forget("demo")).isFalse();
    worker("youtube").exits(ExitCode.CLEAN);
    pass(Duration.ofHours(1));

    assertThat(host.started).hasSize(2);
    assertThat(supervisor.views("demo"))
        .allMatch(view -> view.state() == State.OFF)
        .allMatch(view -> view.reason().equals("the publisher is gone"));
    assertThat(supervisor.forget("demo")).isTrue();
    assertThat(supervisor.views("demo")).isEmpty();
  }

  @Test
  void begin_otherRunWhileTheOldOneEnds_waitsForItsEnd() {
    begin("run-1", YOUTUBE);
    FakeHost.FakeWorker old = worker("youtube");
    old.forwards(10);
    begin("run-2", YOUTUBE);
    old.forwards(20);
    assertThat(view("youtube").bytesOut()).isZero();
    assertThat(old.stopping).isTrue();
    old.exits(ExitCode.CLEAN);
    loop.settle();
    assertThat(worker("youtube").runId).isEqualTo("run-2");
    assertThat(view("youtube").retries()).isZero();
  }

  @Test
  void begin_destinationThatIsGone_endsIt() {
    begin("run-1", YOUTUBE, TWITCH);
    begin("run-2", YOUTUBE);
    assertThat(worker("twitch").stopping).isTrue();
    worker("twitch").exits(ExitCode.CLEAN);
    worker("youtube").exits(ExitCode.CLEAN);
    loop.settle();
    begin("run-2", YOUTUBE);
    assertThat(supervisor.views("demo")).extracting(EgressView::name).containsExactly("youtube");
  }

  @Test
  void adopt_sameRun_keepsTheForwarder() {
    adopt("run-1");
    begin("run-1", YOUTUBE);
    worker("youtube").forwards(3);
    pass(Duration.ofMinutes(5));
    assertThat(host.started).hasSize(1);
    assertThat(state("youtube")).isEqualTo(State.FORWARDING);
    worker("youtube").exits(ExitCode.INTERNAL);
    pass(Duration.ofSeconds(2));
    assertThat(Objects.requireNonNull(worker("youtube").order).config().outputs())
        .containsExactly(YOUTUBE.url());
  }

  @Test
  void adopt_otherRun_isReplacedOnceItHasEnded() {
    adopt("run-0");
    begin("run-1", YOUTUBE);
    FakeHost.FakeWorker old = worker("youtube");
    assertThat(old.stopping).isTrue();
    old.exits(ExitCode.CLEAN);
    loop.settle();
    assertThat(worker("youtube").runId).isEqualTo("run-1");
  }

  @Test
  void adopt_nobodyClaimsIt_isEnded() {
    adopt("run-0");
    pass(EgressMachine.UNCLAIMED.minusSeconds(1));
    assertThat(worker("youtube").stopping).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(worker("youtube").stopping).isTrue();
    worker("youtube").exits(ExitCode.CLEAN);
    assertThat(supervisor.forget("demo")).isTrue();
  }

  @Test
  void adopt_dubOrTwice_isRefused() {
    assertThatThrownBy(() -> supervisor.adopt(host.left(WorkerTask.dub("demo"), "run-0")))
        .isInstanceOf(IllegalArgumentException.class);
    adopt("run-0");
    assertThatThrownBy(() -> adopt("run-0")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void start_hostThatThrows_isACrash() {
    host.failure = new IllegalStateException("broken");
    begin("run-1", YOUTUBE);
    assertThat(state("youtube")).isEqualTo(State.CONNECTING);
    assertThat(view("youtube").reason()).contains("broken");
    host.failure = null;
    pass(Duration.ofSeconds(2));
    assertThat(host.alive("demo", "youtube")).hasSize(1);
  }

  @Test
  void close_endsAllAndStartsNone() {
    begin("run-1", YOUTUBE);
    supervisor.close();
    loop.settle();
    assertThat(worker("youtube").stopping).isTrue();
    worker("youtube").exits(ExitCode.CLEAN);
    begin("run-2", YOUTUBE);
    pass(Duration.ofHours(1));
    assertThat(host.started).hasSize(1);
  }

  @Test
  void meters_ofAWorker_becomeTheDestinations() {
    begin("run-1", YOUTUBE);
    worker("youtube").listener.meters().add(Meter.BYTES, "out", 40);
    worker("youtube").listener.meters().add(Meter.BYTES, "in", 50);
    worker("youtube").listener.meters().add(Meter.RECONNECTS, "output", 2);
    worker("youtube").listener.meters().add(Meter.RECONNECTS, "input", 1);
    worker("youtube").listener.meters().record(Meter.ADDED_LATENCY, 1);

    String labels = "name=\"youtube\",streamId=\"demo\"}";
    assertThat(metric("egress_bytes_out_total{" + labels)).isEqualTo(40);
    assertThat(metric("egress_retries_total{error=\"output_lost\"," + labels)).isEqualTo(2);
    assertThat(metric("egress_retries_total{error=\"input_lost\"," + labels)).isEqualTo(1);
    assertThat(measurements.scrape()).doesNotContain("SECRET");
    measurements.removeStream("demo");
    assertThat(measurements.scrape()).doesNotContain("egress_");
  }

  private void refuse(int times, ExitCode refusal) {
    for (int i = 0; i < times; i++) {
      worker("youtube").exits(refusal, "no: SECRET-KEY");
      pass(Duration.ofSeconds(30));
    }
  }

  private void begin(String runId, EgressTarget... targets) {
    supervisor.begin("demo", runId, INPUT, List.of(targets));
    loop.settle();
  }

  private void adopt(String runId) {
    supervisor.adopt(host.left(WorkerTask.egress("demo", "youtube"), runId));
    loop.settle();
  }

  private void pass(Duration time) {
    loop.pass(time);
  }

  private FakeHost.FakeWorker worker(String name) {
    return host.only("demo", name);
  }

  private State state(String name) {
    return view(name).state();
  }

  private EgressView view(String name) {
    return supervisor.views("demo").stream()
        .filter(view -> view.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private double metric(String sample) {
    List<String> found =
        measurements.scrape().lines().filter(line -> line.startsWith(sample + " ")).toList();
    assertThat(found).as(sample).hasSize(1);
    return Double.parseDouble(found.get(0).substring(sample.length() + 1));
  }
}
