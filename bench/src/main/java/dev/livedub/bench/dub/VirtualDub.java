package dev.livedub.bench.dub;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.dub.DubLine;
import dev.livedub.core.dub.DubLineSettings;
import dev.livedub.core.dub.DubListener;
import dev.livedub.core.pcm.Pcm16;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.TranslatorListener;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.gemini.keeper.KeeperSettings;
import dev.livedub.gemini.keeper.SessionKeeper;
import dev.livedub.testkit.gemini.model.LiveModel;
import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.gemini.voice.MarkedSpeech;
import dev.livedub.testkit.gemini.voice.MarkedSpeechReader;
import dev.livedub.testkit.gemini.voice.MarkedVoice;
import dev.livedub.testkit.gemini.wire.SetupRequest;
import dev.livedub.testkit.measure.DubReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A whole dub in virtual time: a speaker, the dub line, the keeper, the simulator's interpreter,
 * and a listener to what is on air. Nothing waits, so half an hour takes seconds, and every run is
 * the same.
 */
final class VirtualDub {

  static final int RATE_HZ = 48_000;

  /** Everything moves on by so much at a time: 20 ms. */
  private static final int STEP_SAMPLES = 960;

  private static final long STEP_NANOS = 20_000_000L;
  private static final int STEPS_A_TICK = 5;
  private static final long START_NANOS = 1_000_000_000L;

  /** Sound that the service makes in a second of real time: the most that was measured. */
  private static final double OUTPUT_RATE = 1.03;

  private static final long BLOCK_MICROS = MarkedSpeech.BLOCK_MILLIS * 1_000L;

  /** What is on air, a piece at a time. */
  @FunctionalInterface
  interface Air {
    void heard(long firstSample, short[] source, short[] mixed);
  }

  private final VirtualScenario scenario;
  private final NavigableMap<Duration, Runnable> cues = new TreeMap<>();
  private final Rotations rotations = new Rotations(this::fedMicros);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<ModelledSession> sessions = new ArrayList<>();
  private final List<Double> lagsMillis = new ArrayList<>();
  private final List<Long> delaysMicros = new ArrayList<>();
  private final List<Caption> captions = new ArrayList<>();
  private final Random random;
  private final MarkedSource source;
  private final SessionKeeper keeper;
  private final DubLine line;
  private final MarkedSpeechReader ear = new MarkedSpeechReader(RATE_HZ, MarkedVoice.DUB);
  private final List<Mark> heard = new ArrayList<>();
  private final Map<Integer, Long> arrivedMicros = new HashMap<>();
  private @Nullable TranslatorListener listener;
  private long nowNanos = START_NANOS;
  private boolean serviceIsLost;

  VirtualDub(VirtualScenario scenario, long seed) {
    this.scenario = scenario;
    this.random = new Random(seed);
    this.source = new MarkedSource(RATE_HZ, seed, scenario.broadcast().pattern());
    this.keeper =
        new SessionKeeper(
            KeeperSettings.of("es"),
            resumed -> open(),
            () -> nowNanos,
            new Random(seed),
            tasks::add,
            event -> {
              TranslatorListener to = listener;
              if (to != null) {
                to.onEvent(event);
              }
            },
            rotations);
    DubLineSettings settings =
        new DubLineSettings(Duration.ofSeconds(1), FallbackMode.ORIGINAL, -18, scenario.delay());
    this.line = new DubLine(new Kept(), settings, new Lags(), new Captions());
  }

  /** Dubs for so long, and says what was heard. */
  DubReport dub(Duration length, Air air) {
    return dub(length, false, air);
  }

  /**
   * Dubs for so long, and says what was heard.
   *
   * @param alone whether the dub is laid over silence instead of the original
   */
  DubReport dub(Duration length, boolean alone, Air air) {
    long end = length.toMillis() * RATE_HZ / 1_000;
    int most = Math.toIntExact(samples(scenario.delay().most()));
    int capacity = most - most % STEP_SAMPLES + 2 * STEP_SAMPLES;
    short[] ring = new short[2 * capacity];
    long onAir = 0;
    line.start();
    drain();
    for (long at = 0; at < end; at += STEP_SAMPLES) {
      act(Duration.ofMillis(at / 48));
      short[] now = scenario.sound(source, at, STEP_SAMPLES);
      line.feed(at, now, STEP_SAMPLES);
      drain();
      pass(at / STEP_SAMPLES);
      System.arraycopy(now, 0, ring, (int) (2 * (at % capacity)), now.length);
      while (isDue(onAir, at)) {
        short[] original = new short[2 * STEP_SAMPLES];
        System.arraycopy(ring, (int) (2 * (onAir % capacity)), original, 0, original.length);
        delaysMicros.add(delayMicros(onAir));
        render(onAir, original, alone, air);
        onAir += STEP_SAMPLES;
      }
    }
    heard.addAll(ear.finish());
    line.close();
    return DubReport.of(source, heard, 0, (end - 2L * most) * 1_000 / 48);
  }

  /** Whether what has come in so far is the playout delay ahead of that sample. */
  private boolean isDue(long sample, long arrived) {
    return (arrived - sample) * 1_000 / 48 >= delayMicros(sample);
  }

  private long delayMicros(long sample) {
    return sample == 0
        ? scenario.delay().first().toNanos() / 1_000
        : line.delay().at(sample * 1_000 / 48);
  }

  /** The playout delay of each 20 ms that went on air, in µs. */
  List<Long> delaysMicros() {
    return delaysMicros;
  }

  private static long samples(Duration duration) {
    return duration.toMillis() * RATE_HZ / 1_000;
  }

  /** Lags that the meter was told, in ms. */
  List<Double> meteredLagsMillis() {
    return lagsMillis;
  }

  List<Caption> captions() {
    return captions;
  }

  DubLine line() {
    return line;
  }

  /**
   * Does something once.
   *
   * @param at when it is done, in time of what is fed; what is on air is the playout delay behind
   */
  void cue(Duration at, Runnable action) {
    cues.put(at, action);
  }

  /** The service is lost, or there again: no session lasts, and none gets ready. */
  void loseService(boolean lost) {
    serviceIsLost = lost;
  }

  /** From where on a fresh session translated, in time of the source, in µs, each time. */
  List<Long> rotatedMicros() {
    return rotations.micros();
  }

  private void act(Duration fed) {
    while (!cues.isEmpty() && cues.firstKey().compareTo(fed) <= 0) {
      cues.pollFirstEntry().getValue().run();
    }
  }

  private long fedMicros() {
    return (nowNanos - START_NANOS) / 1_000;
  }

  private void render(long first, short[] original, boolean alone, Air air) {
    short[] mixed = alone ? new short[original.length] : original.clone();
    line.render(first, mixed, STEP_SAMPLES);
    float[] mono = new float[STEP_SAMPLES];
    for (int i = 0; i < STEP_SAMPLES; i++) {
      mono[i] = (mixed[2 * i] + mixed[2 * i + 1]) / 65_536f;
    }
    ear.feed(mono);
    heard.addAll(ear.take());
    air.heard(first, original, mixed);
  }

  private void pass(long step) {
    nowNanos += STEP_NANOS;
    for (ModelledSession session : List.copyOf(sessions)) {
      if (serviceIsLost) {
        session.stepAlone(nowNanos);
      } else {
        session.step(nowNanos);
      }
      drain();
    }
    if (step % STEPS_A_TICK == 0) {
      keeper.tick();
      drain();
    }
  }

  /**
   * How long the first syllable of each utterance had before it should have been on air, in ms; if
   * that is negative, no dub can be on time.
   */
  double[] slackMillis(DubReport report) {
    return report.lags().stream()
        .map(DubReport.Lag::sourceMicros)
        .mapToDouble(micros -> (micros + delayAtMicros(micros) - arrivedMicros(micros)) / 1e3)
        .toArray();
  }

  private long delayAtMicros(long sourceMicros) {
    return delaysMicros.get((int) (sourceMicros / (STEP_NANOS / 1_000)));
  }

  private long arrivedMicros(long sourceMicros) {
    return Objects.requireNonNull(arrivedMicros.get((int) (sourceMicros / BLOCK_MICROS)));
  }

  private void arrived(int number) {
    arrivedMicros.putIfAbsent(number, fedMicros());
  }

  private ModelledSession open() {
    SetupRequest request =
        new SetupRequest(
            "models/simulated", Optional.of("es"), false, true, true, true, Optional.empty(), true);
    Duration sinceStart = Duration.ofNanos(nowNanos - START_NANOS);
    LiveModel model =
        new LiveModel(scenario.model(sinceStart), request, random.nextLong(), number -> {});
    model.rate(OUTPUT_RATE);
    model.growLag(scenario.service().growth(sinceStart));
    model.gain(scenario.sessionGain(sessions.size()));
    ModelledSession session =
        new ModelledSession(model, scenario.delivery(random), this::arrived, nowNanos);
    sessions.add(session);
    return session;
  }

  private void drain() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** The keeper as a translator, on this thread. */
  private final class Kept implements Translator {
    @Override
    public void start(TranslatorListener newListener) {
      listener = newListener;
      keeper.start();
    }

    @Override
    public SendResult send(SpeechChunk chunk) {
      tasks.add(() -> keeper.offer(chunk));
      return SendResult.ACCEPTED;
    }

    @Override
    public void lagged(Duration took) {
      tasks.add(() -> keeper.lagged(took));
    }

    @Override
    public void finish() {
      tasks.add(keeper::finish);
    }

    @Override
    public void close() {
      keeper.close();
    }
  }

  private final class Lags implements MeterSink {
    @Override
    public void add(Meter meter, String labelValue, double amount) {}

    @Override
    public void record(Meter meter, double value) {
      if (meter == Meter.DUB_LAG) {
        lagsMillis.add(value);
      }
    }

    @Override
    public void gauge(Meter meter, DoubleSupplier value) {}
  }

  private final class Captions implements DubListener {
    @Override
    public void onCaption(Caption caption) {
      captions.add(caption);
    }
  }

  /** A sample from -1 to 1 as 16 bits. */
  static short sample(double sample) {
    return Pcm16.of((float) (sample * 32_767));
  }
}
