package dev.livedub.cli.captions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.worker.MeterSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionWriterTest {

  @TempDir Path directory;
  private final CountedMeters meters = new CountedMeters();

  @Test
  void onCaption_severalFiles_isInEachBeforeTheEnd() throws Exception {
    Path vtt = Files.writeString(directory.resolve("out.vtt"), "what was in it before");
    Path jsonl = directory.resolve("out.jsonl");
    try (CaptionWriter writer =
        CaptionWriter.open(
            List.of(vtt.toString(), jsonl.toString()), "es", "demo", MeterSink.NONE)) {
      writer.onCaption(caption(0, "Buenas noches."));
      await().untilAsserted(() -> assertThat(jsonl).content().contains("Buenas noches."));
      await().untilAsserted(() -> assertThat(vtt).content().endsWith("Buenas noches.\n\n"));
      writer.onCaption(caption(1, "Fin."));
    }
    assertThat(vtt).content().startsWith("WEBVTT\n").contains("Fin.\n\n");
    assertThat(jsonl).content().hasLineCount(2);
  }

  @Test
  void open_withoutAnyCaption_isAFileWithAHeader() throws Exception {
    Path vtt = directory.resolve("out.vtt");
    CaptionWriter writer =
        CaptionWriter.open(List.of(vtt.toString()), "pt-BR", "demo", MeterSink.NONE);
    writer.close();
    writer.close();

    assertThat(vtt).content().contains("Language: pt-BR");
  }

  @Test
  void open_fileThatCannotBe_isSaid() {
    List<String> names = List.of(directory.resolve("a.vtt").toString(), directory + "/none/b.vtt");
    assertThatThrownBy(() -> CaptionWriter.open(names, "es", "demo", MeterSink.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }

  @Test
  void onCaption_fullDisk_losesThoseAndLeavesTheFileWhole() {
    CappedChannel disk = new CappedChannel(100);
    disk.gate.countDown();
    CaptionFile file = new CaptionFile("out.srt", CaptionFormat.of("out.srt", "es"), disk);
    try (CaptionWriter writer = new CaptionWriter(List.of(file), "demo", meters)) {
      writer.onCaption(caption(0, "La primera."));
      writer.onCaption(caption(1, "La segunda."));
      writer.onCaption(caption(2, "La tercera."));
      await().untilAsserted(() -> assertThat(meters.lost()).isEqualTo(1));
      assertThat(disk.text()).endsWith("La segunda.\n\n");

      disk.makeRoom(1_000);
      writer.onCaption(caption(3, "La cuarta."));
    }
    assertThat(disk.text())
        .contains("La segunda.\n\n4\n00:00:03,000 --> 00:00:04,000\nLa cuarta.\n\n")
        .doesNotContain("tercera");
    assertThat(disk.isOpen()).isFalse();
    assertThat(meters.lost()).isEqualTo(1);
  }

  @Test
  void onCaption_diskThatHangs_neverWaitsAndCountsWhatDoesNotFit() {
    CappedChannel disk = new CappedChannel(10_000_000);
    CaptionFile file = new CaptionFile("out.srt", CaptionFormat.of("out.srt", "es"), disk);
    CaptionWriter writer = new CaptionWriter(List.of(file), "demo", meters);
    int offered = 3 * CaptionWriter.CAPACITY;
    for (int i = 0; i < offered; i++) {
      writer.onCaption(caption(i, "Frase " + i + "."));
    }
    assertThat(meters.lost()).isBetween(offered - CaptionWriter.CAPACITY - 1L, offered - 1L);

    disk.gate.countDown();
    writer.close();
    await().until(() -> !disk.isOpen());
    long written = disk.text().lines().filter(line -> line.startsWith("Frase")).count();
    assertThat(written + meters.lost()).isEqualTo(offered);
  }

  private static Caption caption(int second, String text) {
    return new Caption(Side.TARGET, text, "es", second * 1_000_000L, (second + 1) * 1_000_000L);
  }
}
