package dev.livedub.cli.dub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.cli.TestCommandLine;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.worker.WorkerStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusLineTest {

  @Test
  void of_translator_saysHowItDoes() {
    assertThat(line(null)).doesNotContainIgnoringCase("translator");
    assertThat(line(new Health(Health.State.CONNECTING, "")))
        .contains(" | translator connecting | ");
    assertThat(line(new Health(Health.State.READY, "gemini"))).contains(" | translator ready | ");
    assertThat(line(new Health(Health.State.FAILING, Health.Cause.BREAKER_OPEN, "later")))
        .contains(" | TRANSLATOR FAILING: breaker open | ");
    assertThat(line(new Health(Health.State.FAILED, "no key")))
        .contains(" | TRANSLATOR FAILED: error | ");
  }

  private static String line(@Nullable Health health) {
    WorkerStatus idle = TestCommandLine.idle();
    return StatusLine.of(
        new WorkerStatus(
            WorkerStatus.State.RUNNING,
            idle.reason(),
            idle.onAirMicros(),
            idle.inputBitsPerSecond(),
            idle.outputBitsPerSecond(),
            idle.delayMillis(),
            idle.videoQueueMillis(),
            idle.audioQueueMillis(),
            idle.avSyncDeltaMillis(),
            idle.slots(),
            Optional.ofNullable(health),
            idle.background(),
            idle.inputDiscontinuities(),
            idle.inputReconnects(),
            idle.live(),
            idle.outputs()));
  }
}
