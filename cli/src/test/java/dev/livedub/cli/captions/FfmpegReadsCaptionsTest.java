package dev.livedub.cli.captions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What FFmpeg makes of the files: the same cues at the same times. */
@Tag("e2e")
class FfmpegReadsCaptionsTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"captions.vtt", "captions.srt"})
  void file_readByFfmpeg_hasEveryCueAtItsTime(String name) throws Exception {
    Path file = directory.resolve(name);
    try (CaptionWriter writer =
        CaptionWriter.open(List.of(file.toString()), "es", "demo", MeterSink.NONE)) {
      writer.onCaption(caption(500, 2_000, "Buenas noches & <bienvenidos> --> aquí."));
      writer.onCaption(
          caption(
              2_500,
              6_750,
              "El presidente llegó esta mañana a Madrid con su familia y varios ministros."));
      writer.onCaption(caption(3_600_000, 3_601_000, "今天天气很好。"));
    }

    Path read = directory.resolve("read.srt");
    Ffmpeg.run(LIMIT, List.of("-i", file.toString(), "-c:s", "subrip", read.toString()));

    List<String> lines = Files.readAllLines(read);
    assertThat(lines.stream().filter(line -> line.contains(" --> 0")))
        .containsExactly(
            "00:00:00,500 --> 00:00:02,000",
            "00:00:02,500 --> 00:00:06,750",
            "01:00:00,000 --> 01:00:01,000");
    assertThat(lines)
        .anyMatch(line -> line.startsWith("Buenas noches & ") && line.endsWith(" aquí."))
        .contains(
            "El presidente llegó esta mañana a Madrid",
            "con su familia y varios ministros.",
            "今天天气很好。");
  }

  private static Caption caption(long startMillis, long endMillis, String text) {
    return new Caption(Side.TARGET, text, "es", startMillis * 1_000, endMillis * 1_000);
  }
}
