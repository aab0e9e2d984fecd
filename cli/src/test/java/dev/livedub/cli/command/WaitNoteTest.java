package dev.livedub.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitNoteTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void on_aWaitThatLasts_saysWhatForAndAgain() {
    Duration moment = Duration.ofMillis(5);
    try (WaitNote note = WaitNote.on("MediaMTX", err, moment, moment)) {
      await().atMost(Duration.ofMinutes(1)).until(() -> text().lines().count() >= 2);
    }
    assertThat(text().lines())
        .allMatch(line -> line.matches("\\.\\.\\. waiting for MediaMTX, \\d+ s so far"));
  }

  @Test
  void on_aWaitThatIsOverAtOnce_saysNothing() {
    Duration never = Duration.ofHours(1);
    WaitNote.on("MediaMTX", err, never, never).close();
    assertThat(text()).isEmpty();
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
