package dev.livedub.bench.dub;

import dev.livedub.bench.dub.ModelledSession.Delivery;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.testkit.clip.MusicSynth;
import dev.livedub.testkit.gemini.model.ModelSettings;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.gemini.voice.MarkedSource.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * What happens in a virtual dub.
 *
 * @param delay the playout delay
 */
record VirtualScenario(String title, Broadcast broadcast, Service service, PlayoutDelay delay) {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LAG = Duration.ofSeconds(3);
  private static final Duration STALL = Duration.ofSeconds(2);
  private static final PlayoutDelay DELAY = PlayoutDelay.fixed(PlayoutDelay.USUAL);
  private static final PlayoutDelay CHOSEN =
      PlayoutDelay.between(Duration.ofSeconds(4), Duration.ofSeconds(15));

  /** The service's levels differ tenfold between sessions. */
  private static final double[] SESSION_GAINS = {1, 0.16, 0.5, 1.6, 0.32};

  /** One chunk in so many comes late, by about 75 ms: as measured on the real service. */
  private static final int ONE_LATE_IN = 33;

  /** RMS of the speaker's syllables. */
  private static final double SPEAKER_RMS = 0.126;

  /** With sessions of 8.5 minutes, 4 s of lag become 6 s at this rate. */
  private static final double MOST_GROWTH_MILLIS = 235;

  private static final int BLOCK_SAMPLES = VirtualDub.RATE_HZ / 2;

  /**
   * What is dubbed.
   *
   * @param pattern how the speaker speaks
   * @param everyOther how loud every other sentence is, as if said by somebody else
   * @param music its RMS, in that of the speaker
   */
  record Broadcast(Pattern pattern, double everyOther, double music) {
    static final Broadcast NATURAL = new Broadcast(Pattern.NATURAL, 1, 0);
  }

  /**
   * Who dubs it: 3 s late, give or take one, with output at 1.03 times real time.
   *
   * @param growthMillisPerMinute by how much the lag of a session grows
   * @param settlesAt lag from which on it grows no more, and fresh sessions begin with it; if zero,
   *     they begin anew, and it always grows
   * @param stretch how long a translation is, in lengths of its source
   * @param stallEvery how often what is said is held back for 2 s; zero for never
   */
  record Service(
      double growthMillisPerMinute, Duration settlesAt, double stretch, Duration stallEvery) {
    static final Service USUAL = of(0, ModelSettings.USUAL_STRETCH, Duration.ZERO);

    static Service of(double growthMillisPerMinute, double stretch, Duration stallEvery) {
      return new Service(growthMillisPerMinute, Duration.ZERO, stretch, stallEvery);
    }

    /** The lag that a session begins with. */
    Duration lag(Duration sinceStart) {
      double grownMillis = growthMillisPerMinute * sinceStart.toMillis() / 60_000;
      Duration grown = LAG.plusMillis(Math.round(grownMillis));
      return settlesAt.isZero() ? LAG : grown.compareTo(settlesAt) < 0 ? grown : settlesAt;
    }

    /** By how much the lag grows in a session. */
    double growth(Duration sinceStart) {
      return lag(sinceStart).equals(settlesAt) ? 0 : growthMillisPerMinute;
    }
  }

  /** Everything that a dub has to cope with. */
  static List<VirtualScenario> all() {
    Pattern endless = new Pattern(120, 120, 12, 20);
    Pattern exchange = new Pattern(2, 5, 0, 1);
    Pattern relaxed = new Pattern(4, 12, 3, 6);
    Duration often = Duration.ofSeconds(20);
    return List.of(
        of("natural pauses", Broadcast.NATURAL, Service.USUAL),
        of("lag grows by 200 ms a minute", Broadcast.NATURAL, Service.of(200, 1.06, Duration.ZERO)),
        of("lag grows by 1 s a minute", Broadcast.NATURAL, Service.of(1_000, 1.06, Duration.ZERO)),
        of("stalls of 2 s, and bursts", Broadcast.NATURAL, Service.of(0, 1.06, often)),
        of("no pause for 60 s", new Broadcast(endless, 1, 0), Service.USUAL),
        of("two speakers in quick exchange", new Broadcast(exchange, 0.4, 0), Service.USUAL),
        of("music 14 dB below", new Broadcast(Pattern.NATURAL, 1, 0.2), Service.USUAL),
        of("music 6 dB below", new Broadcast(Pattern.NATURAL, 1, 0.5), Service.USUAL),
        of(
            "translations 30 % longer",
            new Broadcast(relaxed, 1, 0), Service.of(0, 1.3, Duration.ZERO)),
        of("30 % longer, short pauses", Broadcast.NATURAL, Service.of(0, 1.3, Duration.ZERO)),
        chosen("natural pauses, delay auto", Service.USUAL),
        chosen("lag grows by 1 s a minute, delay auto", Service.of(1_000, 1.06, Duration.ZERO)),
        chosen(
            "lag grows by 1 s a minute to 11 s and stays, delay auto",
            new Service(1_000, Duration.ofSeconds(11), 1.06, Duration.ZERO)));
  }

  private static VirtualScenario of(String title, Broadcast broadcast, Service service) {
    return new VirtualScenario(title, broadcast, service, DELAY);
  }

  private static VirtualScenario chosen(String title, Service service) {
    return new VirtualScenario(title, Broadcast.NATURAL, service, CHOSEN);
  }

  /** Whether the lag becomes so long that what is said cannot be on time. */
  boolean outgrowsDelay() {
    return delay.isFixed() && service.growthMillisPerMinute() > MOST_GROWTH_MILLIS;
  }

  /** How the interpreter works in a session that begins then. */
  ModelSettings model(Duration sinceStart) {
    return new ModelSettings(
        service.lag(sinceStart),
        SECOND,
        SECOND,
        service.stretch(),
        Duration.ofSeconds(3),
        "en",
        SECOND);
  }

  /** How loud the interpreter is in a session. */
  double sessionGain(int session) {
    return SESSION_GAINS[session % SESSION_GAINS.length];
  }

  /** Chunks jitter as measured, and come in bursts after stalls. */
  Delivery delivery(Random random) {
    return saidNanos -> {
      int millis = random.nextInt(ONE_LATE_IN) == 0 ? 71 + random.nextInt(10) : random.nextInt(4);
      long arrivesNanos = saidNanos + millis * 1_000_000L;
      long everyNanos = service.stallEvery().toNanos();
      if (everyNanos > 0 && saidNanos % everyNanos < STALL.toNanos()) {
        arrivesNanos = Math.max(arrivesNanos, saidNanos - saidNanos % everyNanos + STALL.toNanos());
      }
      return arrivesNanos;
    };
  }

  /** What is broadcast, 48 kHz stereo. */
  short[] sound(MarkedSource source, long first, int frames) {
    short[] stereo = new short[2 * frames];
    float[] voice = new float[frames];
    source.render(first, voice);
    boolean other = source.sentenceAt(first / BLOCK_SAMPLES) % 2 != 0;
    double level = other ? broadcast.everyOther() : 1;
    for (int i = 0; i < frames; i++) {
      double room = 0.001 * Math.sin(0.13 * (first + i)) * Math.sin(0.000_9 * (first + i));
      double bed = broadcast.music() == 0 ? 0 : bed(first + i);
      stereo[2 * i] = VirtualDub.sample(level * voice[i] + room + bed);
      stereo[2 * i + 1] = VirtualDub.sample(level * voice[i] - room + 0.8 * bed);
    }
    return stereo;
  }

  private double bed(long sample) {
    return broadcast.music() * SPEAKER_RMS * MusicSynth.at(sample, VirtualDub.RATE_HZ);
  }
}
