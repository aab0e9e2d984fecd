package dev.livedub.gemini.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.gemini.keeper.OutputWatch.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputWatchTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long USUAL_ANSWER = 5 * SECOND;

  private final OutputWatch watch = new OutputWatch(Duration.ofSeconds(5), 0);

  private Optional<Verdict> checkAt(double seconds) {
    return watch.check(1, USUAL_ANSWER, Math.round(seconds * SECOND));
  }

  private void speakUntil(double seconds) {
    for (double at = 0; at < seconds; at += 0.1) {
      watch.speechSent(0.1, Math.round(at * SECOND));
    }
  }

  /** The service takes about 3 s to say anything at all, be it silence. */
  @Test
  void check_speechBeforeTheFirstOutput_waitsForTheLeadIn() {
    speakUntil(6);
    assertThat(checkAt(3.2)).isEmpty();
    assertThat(checkAt(4.9)).isEmpty();
    assertThat(checkAt(5)).contains(Verdict.STALLED);
  }

  @Test
  void check_outputBreaksOff_isAStallAfterThreeSeconds() {
    speakUntil(8);
    watch.bytes(false, 4 * SECOND);
    watch.audible();
    watch.speechSent(2, 4 * SECOND);
    assertThat(checkAt(6.9)).isEmpty();
    assertThat(checkAt(7)).contains(Verdict.STALLED);
  }
}
