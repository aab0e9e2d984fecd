package dev.livedub.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.livedub.bench.faults.FaultRig;
import dev.livedub.bench.faults.OutputCheck;
import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.config.TranslatorKind;
import dev.livedub.core.translate.ToneTranslator;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.LiveSettings;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.core.worker.Worker;
import dev.livedub.core.worker.WorkerExit;
import dev.livedub.media.worker.DubWorkerLauncher;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.clip.SoundSynth;
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
import dev.livedub.testkit.rtsp.RtspRelay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator changes everything that can be changed while a worker is on air. */
final class LiveToneTest {

  private static final String IN = "live/demo/in";
  private static final String OUT = "live/demo/out";
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final double FULL_BEEP_DBFS = 20 * Math.log10(0.4);

  /** After a change: the playout delay, the ramps, and what a slow machine adds. */
  private static final double SETTLED_SECONDS = 2;

  @TempDir private Path dumps;
  private final RtspRelay relay = RtspRelay.start();
  private final CompletableFuture<WorkerExit> exit = new CompletableFuture<>();
  private @Nullable RtmpSink sink;
  private @Nullable LivePublisher publisher;
  private @Nullable Worker worker;
  private BackgroundMode background = BackgroundMode.DUCK;

  /** What was in force on air from one time of the output to another, in s. */
  private record Stretch(String name, double fromSecond, double toSecond) {}

  @AfterEach
  void close() {
    if (worker != null) {
      worker.stop("test over");
    }
    if (publisher != null) {
      publisher.close();
    }
    if (sink != null) {
      sink.close();
    }
    relay.close();
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void change_everythingOnAir_isHeardWithoutACut() {
    List<Stretch> stretches = new ArrayList<>();
    Worker tone = begin(TranslatorKind.TONE, (config, meters) -> new ToneTranslator(), muted(true));
    stretches.add(stay("muted from the start", 6));
    tone.change(muted(false));
    stretches.add(stay("dub", 7));
    tone.change(muted(true));
    stretches.add(stay("muted", 6));
    tone.change(muted(false));
    stretches.add(stay("dub again", 7));
    tone.change(duck(-12));
    stretches.add(stay("ducked more", 7));
    tone.change(language("fr"));
    stretches.add(stay("another language", 6));
    tone.change(bypass(true));
    stretches.add(stay("bypass", 6));
    assertThat(tone.status().live())
        .isEqualTo(new LiveSettings(Optional.of("fr"), false, true, -12));

    Path recording = end(tone);

    DecodedFile decoded = DecodedFile.read(recording);
    List<PcmSegment> sound = decoded.sound();
    for (Stretch each : stretches) {
      boolean silenced = each.name().startsWith("muted") || each.name().equals("bypass");
      double quietestBeep =
          beeps(sound, each).stream().mapToDouble(Double::doubleValue).min().orElseThrow();
      if (silenced) {
        assertThat(tones(sound, each)).as("tones: %s", each).isZero();
        assertThat(quietestBeep).as("original: %s", each).isCloseTo(FULL_BEEP_DBFS, within(0.7));
      } else {
        boolean more = each.name().equals("ducked more") || each.name().equals("another language");
        assertThat(tones(sound, each)).as("tones: %s", each).isGreaterThan(5);
        assertThat(quietestBeep)
            .as("original: %s", each)
            .isCloseTo(FULL_BEEP_DBFS - (more ? 12 : 6), within(1.5));
      }
    }
    assertInStep(decoded, 20);
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void run_backgroundIsSeparated_hasNoGapAndStaysInStep() {
    background = BackgroundMode.SEPARATE;
    Worker tone =
        begin(TranslatorKind.TONE, (config, meters) -> new ToneTranslator(), muted(false));
    Stretch dub = stay("dub", 10);
    tone.change(muted(true)); // a beep in the middle goes with the voice: it is heard after the dub
    stay("muted", 14);

    DecodedFile decoded = DecodedFile.read(end(tone));

    assertThat(tones(decoded.sound(), dub)).as("tones").isGreaterThan(10);
    assertInStep(decoded, 8);
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void change_languageThatCannotBeMade_leavesWhatIsOnAir() {
    Worker tone =
        begin(
            TranslatorKind.TONE,
            (config, meters) -> {
              if (config.targetLang().equals(Optional.of("xx"))) {
                throw new IllegalArgumentException("no such language");
              }
              return new ToneTranslator();
            },
            language("xx"));
    assertThat(tone.status().live().targetLang()).hasValue("es");
    tone.change(language("xx"));
    tone.change(duck(5));
    assertThat(tone.status().live())
        .isEqualTo(new LiveSettings(Optional.of("es"), false, false, -6));
    Stretch after = stay("dub", 6);

    Path recording = end(tone);

    assertThat(tones(DecodedFile.read(recording).sound(), after)).isGreaterThan(5);
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void change_ofCopiedSound_changesNothing() {
    Worker copying = begin(TranslatorKind.BYPASS, null, muted(true));

    copying.change(bypass(false));
    copying.change(language("fr"));
    copying.change(duck(-1));

    assertThat(copying.status().live())
        .isEqualTo(new LiveSettings(Optional.empty(), false, true, -6));
    Stretch after = stay("copied", 4);
    Path recording = recording(copying);
    assertThat(OutputCheck.complaintsOfCopy(List.of(publication()))).isEmpty();
    List<PcmSegment> sound = DecodedFile.read(recording).sound();
    assertThat(tones(sound, after)).isZero();
    assertThat(beeps(sound, after))
        .allSatisfy(level -> assertThat(level).isCloseTo(FULL_BEEP_DBFS, within(0.7)));
  }

  /** Puts a worker on air, to which something was said before it began. */
  private Worker begin(
      TranslatorKind kind, @Nullable TranslatorFactory translators, LiveChange before) {
    RtmpSink destination = RtmpSink.start(RtmpSinkOptions.defaults().withDumpDirectory(dumps));
    sink = destination;
    DubConfig config =
        DubConfig.builder("demo", relay.url(IN), List.of(destination.url(OUT)), kind)
            .targetLang("es")
            .delay(DELAY)
            .duckDb(-6)
            .background(background)
            .patience(PATIENCE)
            .build();
    Worker made = new DubWorkerLauncher().create(config, translators, MeterSink.NONE);
    worker = made;
    made.change(before);
    publisher =
        LivePublisher.start(
            ClipSpec.builder().size(160, 90).gopFrames(25).pictureBitRate(200_000).build(),
            relay.url(IN));
    FaultRig.await("the publisher", PATIENCE, () -> relay.path(IN).stats().packetsForwarded() > 0);
    Thread thread = new Thread(() -> exit.complete(made.run()), "live-tone-worker");
    thread.setDaemon(true);
    thread.start();
    FaultRig.await("on air", PATIENCE, () -> made.status().onAirMicros() > 2_000_000);
    return made;
  }

  private Stretch stay(String name, int seconds) {
    double from = newestSecond();
    FaultRig.pass(Duration.ofSeconds(seconds));
    return new Stretch(name, from + SETTLED_SECONDS, newestSecond() - 0.2);
  }

  private double newestSecond() {
    List<RtmpTag> tags = publication().media(TagKind.AUDIO);
    return tags.get(tags.size() - 1).timestampMillis() / 1e3;
  }

  private RtmpPublication publication() {
    if (sink == null) {
      throw new IllegalStateException("no destination");
    }
    return sink.stream(OUT).latest().orElseThrow();
  }

  private Path end(Worker ending) {
    Path recording = recording(ending);
    assertThat(OutputCheck.complaints(List.of(publication()))).isEmpty();
    return recording;
  }

  private Path recording(Worker ending) {
    ending.stop("heard enough");
    assertThat(exit.orTimeout(10, TimeUnit.SECONDS).join().code()).isEqualTo(ExitCode.CLEAN);
    RtmpPublication publication = publication();
    FaultRig.await("the recording", PATIENCE, () -> publication.endedNanos().isPresent());
    Path recording = publication.dump().orElseThrow();
    SoundGaps gaps = SoundGaps.of(PacketList.read(recording));
    assertThat(gaps.isGapless()).as("%s", gaps).isTrue();
    return recording;
  }

  /** Sound and picture in step, by flash and beep, once the source has said how they lie. */
  private static void assertInStep(DecodedFile decoded, int leastBeeps) {
    List<PcmSegment> quiet =
        decoded.sound().stream().map(each -> each.without(ToneTranslator.TONE_HZ)).toList();
    List<AvOffset.Offset> offsets =
        AvOffset.measure(new DecodedFile(decoded.pictures(), quiet)).offsets();
    assertThat(offsets).hasSizeGreaterThan(leastBeeps);
    assertThat(offsets.subList(offsets.size() / 3, offsets.size()))
        .allSatisfy(offset -> assertThat(offset.offsetMillis()).isBetween(-20.0, 20.0));
  }

  /** How many stretches of 200 ms hold the tone. */
  private static int tones(List<PcmSegment> sound, Stretch where) {
    int heard = 0;
    for (double at = where.fromSecond(); at + 0.2 <= where.toSecond(); at += 0.2) {
      double tone = dbfs(sound, ToneTranslator.TONE_HZ, at, at + 0.2);
      double beside =
          Math.max(
              dbfs(sound, ToneTranslator.TONE_HZ - 30, at, at + 0.2),
              dbfs(sound, ToneTranslator.TONE_HZ + 30, at, at + 0.2));
      heard += tone >= -21 && tone - beside >= 15 ? 1 : 0;
    }
    return heard;
  }

  /** Level of the original's beep in each whole second. */
  private static List<Double> beeps(List<PcmSegment> sound, Stretch where) {
    List<Double> levels = new ArrayList<>();
    for (double second = where.fromSecond(); second + 1.1 <= where.toSecond(); second++) {
      double loudest = Double.NEGATIVE_INFINITY;
      for (double at = second; at < second + 1.05; at += 0.005) {
        loudest = Math.max(loudest, dbfs(sound, SoundSynth.BEEP_HZ, at, at + 0.03));
      }
      levels.add(loudest);
    }
    return levels;
  }

  /** Level of a sine of this frequency, by Goertzel's algorithm. */
  private static double dbfs(
      List<PcmSegment> sound, double hz, double fromSecond, double toSecond) {
    for (PcmSegment segment : sound) {
      int rate = segment.sampleRateHz();
      int from = (int) Math.round((fromSecond - segment.startMicros() / 1e6) * rate);
      int to = (int) Math.round((toSecond - segment.startMicros() / 1e6) * rate);
      if (from >= 0 && to <= segment.samples().length) {
        return 20 * Math.log10(Math.max(1e-9, amplitude(segment.samples(), from, to, hz / rate)));
      }
    }
    throw new IllegalStateException("no sound at second " + fromSecond);
  }

  private static double amplitude(float[] samples, int from, int to, double turnsPerSample) {
    double coefficient = 2 * Math.cos(2 * Math.PI * turnsPerSample);
    double before = 0;
    double last = 0;
    for (int i = from; i < to; i++) {
      double next = samples[i] + coefficient * last - before;
      before = last;
      last = next;
    }
    double power = last * last + before * before - coefficient * last * before;
    return 2 * Math.sqrt(Math.max(0, power)) / (to - from);
  }

  private static LiveChange muted(boolean muted) {
    return new LiveChange(
        Optional.empty(), Optional.of(muted), Optional.empty(), OptionalDouble.empty());
  }

  private static LiveChange bypass(boolean bypass) {
    return new LiveChange(
        Optional.empty(), Optional.empty(), Optional.of(bypass), OptionalDouble.empty());
  }

  private static LiveChange duck(double duckDb) {
    return new LiveChange(
        Optional.empty(), Optional.empty(), Optional.empty(), OptionalDouble.of(duckDb));
  }

  private static LiveChange language(String tag) {
    return new LiveChange(
        Optional.of(tag), Optional.empty(), Optional.empty(), OptionalDouble.empty());
  }
}
