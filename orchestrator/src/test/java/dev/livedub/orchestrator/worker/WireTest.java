package dev.livedub.orchestrator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.GeminiConfig;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.LiveSettings;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.core.worker.WorkerStatus.OutputStatus;
import dev.livedub.core.worker.WorkerTask;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

  private final Wire wire = new Wire();

  static Stream<WorkerMessage> fromWorker() {
    return Stream.of(
        new WorkerMessage.Hello("1-a", "news.dub", 4711, Optional.of("run")),
        new WorkerMessage.Hello("1-a", "news.egress.tube", 4711, Optional.empty()),
        new WorkerMessage.Status(fullStatus()),
        new WorkerMessage.Status(
            new ScriptedWorker(
                    ScriptedWorker.config("s", "in"), MeterSink.NONE, CaptionListener.NONE)
                .status()),
        new WorkerMessage.Meters(
            List.of(new WorkerMessage.Meters.Counted(Meter.FALLBACK, "timeout", 2.5)),
            List.of(new WorkerMessage.Meters.Recorded(Meter.ADDED_LATENCY, List.of(1.5, 1e300))),
            List.of(
                new WorkerMessage.Meters.Gauged(Meter.VIDEO_QUEUE, Double.NaN),
                new WorkerMessage.Meters.Gauged(Meter.AV_SYNC_DELTA, Double.NEGATIVE_INFINITY))),
        new WorkerMessage.Said(new Caption(Side.SOURCE, "Grüße, \"Welt\"\u2028\n", "de", 1, 2)),
        new WorkerMessage.Said(new Caption(Side.TARGET, "hola", null, 0, Long.MAX_VALUE)),
        new WorkerMessage.Exit(ExitCode.DESTINATION_REFUSED, "no"));
  }

  static Stream<HostMessage> fromHost() {
    DubConfig plain = ScriptedWorker.config("s", "in");
    return Stream.of(
        new HostMessage.Run(
            new WorkerOrder(WorkerTask.egress("s", "tube"), "run", fullConfig(), fullChange())),
        new HostMessage.Run(new WorkerOrder(WorkerTask.dub("s"), "run", plain, LiveChange.NONE)),
        new HostMessage.Welcome(),
        new HostMessage.Change(fullChange()),
        new HostMessage.Stop("operator"));
  }

  @ParameterizedTest
  @MethodSource("fromWorker")
  void fromWorker_whatWasEncoded_isTheSame(WorkerMessage message) throws WireException {
    assertThat(wire.fromWorker(line((Record) message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("fromHost")
  void fromHost_whatWasEncoded_isTheSame(HostMessage message) throws WireException {
    assertThat(wire.fromHost(line((Record) message))).isEqualTo(message);
  }

  @Test
  void samples_everyMessageOfBothDirections_isAmongThem() {
    assertThat(fromWorker().map(Object::getClass))
        .containsAll(Arrays.asList(WorkerMessage.class.getPermittedSubclasses()));
    assertThat(fromHost().map(Object::getClass))
        .containsAll(Arrays.asList(HostMessage.class.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{}",
        "[]",
        "null",
        "{\"Stop\":null}",
        "{\"Stop\":{}}",
        "{\"Stop\":{\"reason\":null}}",
        "{\"Stop\":{\"reason\":1}}",
        "{\"Stop\":{\"reason\":\"a\",\"reason\":\"b\"}}",
        "{\"Stop\":{\"reason\":\"a\",\"more\":\"b\"}}",
        "{\"Stop\":{\"reason\":\"a\"},\"Welcome\":{}}",
        "{\"Stop\":{\"reason\":\"a\"}} x",
        "{\"Stop\":{\"reason\":\"a\"}",
        "{\"Exit\":{\"code\":\"CLEAN\",\"message\":\"\"}}",
        "{\"Change\":{\"change\":{\"targetLang\":null,\"muted\":3,\"bypass\":null,\"duckDb\":null}}}",
        "{\"Run\":{\"order\":{\"task\":{\"streamId\":\"../x\",\"egress\":null},\"runId\":\"a\"}}}",
      })
  void fromHost_notAMessage_isRefused(String text) {
    assertThatThrownBy(() -> wire.fromHost(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(WireException.class);
  }

  @Test
  void fromHost_damagedBytes_areRefusedOrAMessageButNothingElse() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<byte[]> lines = fromHost().map(message -> line((Record) message)).toList();
    int refused = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] line = lines.get(random.nextInt(lines.size())).clone();
      for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
        line[random.nextInt(line.length)] = (byte) random.nextInt();
      }
      try {
        wire.fromHost(line);
      } catch (WireException e) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(refused).as("seed %d", seed).isPositive();
  }

  @Test
  void refusal_ofALineWithASecret_doesNotShowIt() {
    byte[] line = "{\"Run\":{\"order\":\"rtmp://h/app/s3cret\", x".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> wire.fromHost(line))
        .isInstanceOf(WireException.class)
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
    assertThat(fromHost().findFirst().orElseThrow().toString()).doesNotContain("s3cret");
  }

  @Test
  void protocol_twoCodecs_speakTheSame() {
    assertThat(wire.protocol()).isEqualTo(new Wire().protocol()).startsWith("1-");
  }

  @Test
  void take_pieces_giveWholeLines() throws WireException {
    LineAssembler lines = new LineAssembler();
    assertThat(lines.take(bytes("ab"))).isEmpty();
    assertThat(lines.take(bytes("c\n\nde\nf")))
        .extracting(String::new)
        .containsExactly("abc", "", "de");
    assertThat(lines.take(bytes("\n"))).extracting(String::new).containsExactly("f");
  }

  @Test
  void take_aLineWithoutEnd_isRefusedBeforeItFillsTheMemory() throws WireException {
    LineAssembler lines = new LineAssembler();
    lines.take(ByteBuffer.allocate(Wire.MAX_LINE_BYTES - 1));
    assertThatThrownBy(() -> lines.take(bytes("x"))).isInstanceOf(WireException.class);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] line(Record message) {
    byte[] line = wire.encode(message);
    assertThat(line).endsWith('\n').hasSizeLessThan(Wire.MAX_LINE_BYTES);
    byte[] bare = Arrays.copyOf(line, line.length - 1);
    assertThat(bare).doesNotContain('\n');
    return bare;
  }

  private static LiveChange fullChange() {
    return new LiveChange(
        Optional.of("pt-BR"), Optional.of(true), Optional.of(false), OptionalDouble.of(-12.25));
  }

  private static DubConfig fullConfig() {
    return new DubConfig(
        "s",
        "rtsp://h/live/s/in",
        List.of("rtmp://h/app/s3cret", "out.flv"),
        TranslatorKind.GEMINI,
        Optional.of("pt-BR"),
        PlayoutDelay.between(Duration.ofMillis(6001), Duration.ofSeconds(20)),
        Duration.ofMillis(250),
        FallbackMode.DUCKED_ORIGINAL,
        -17.5,
        BackgroundMode.SEPARATE,
        Duration.ofNanos(1),
        Duration.ofHours(24),
        true,
        List.of("a.vtt"),
        new GeminiConfig(
            Optional.of("ws://127.0.0.1:9"),
            "model",
            Optional.of(new GeminiConfig.Vertex("project", "here")),
            new GeminiConfig.Budget(OptionalDouble.of(1.5), OptionalDouble.of(20)),
            Optional.of(Duration.ofSeconds(30))));
  }

  private static WorkerStatus fullStatus() {
    return new WorkerStatus(
        WorkerStatus.State.INPUT_LOST,
        "gone",
        1L << 60,
        1.5,
        2.5,
        6_001.5,
        3.5,
        4.5,
        OptionalDouble.of(-0.25),
        new SlotCounts(1, 2, 3, 4),
        Optional.of(new Health(Health.State.FAILING, Health.Cause.BUDGET, "spent")),
        Optional.of(BackgroundMode.SEPARATE),
        5,
        6,
        new LiveSettings(Optional.of("es"), true, true, -3),
        List.of(
            new OutputStatus("rtmp://h/…", true, 7, 8, 9), new OutputStatus("x", false, 0, 0, 0)));
  }
}
