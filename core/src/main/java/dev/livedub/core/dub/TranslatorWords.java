package dev.livedub.core.dub;

import dev.livedub.core.caption.Captioner;
import dev.livedub.core.mix.DubMixer;
import dev.livedub.core.pcm.Pcm16;
import dev.livedub.core.slot.FallbackReason;
import dev.livedub.core.slot.SlotLedger;
import dev.livedub.core.time.Samples;
import dev.livedub.core.timeline.DelayChooser;
import dev.livedub.core.translate.TranslatorEvent;
import dev.livedub.core.translate.TranslatorEvent.DubAudio;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.translate.TranslatorEvent.SourceKept;
import dev.livedub.core.translate.TranslatorEvent.Transcript;
import dev.livedub.core.translate.TranslatorEvent.Usage;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what a {@link DubLine}'s translators say: voice is laid on the dub's track, text
 * goes to the captions, the rest into the account of slots, the meters and the health.
 *
 * <p><b>Threading:</b> events come one at a time, as {@link Turns} orders them; {@link #fedTo}
 * belongs to the thread that feeds, {@link #health} may be called by any.
 */
final class TranslatorWords implements Turns.Host {

  /** Voice is looked at for what is audible 50 ms at a time. */
  private static final int VOICE_PART = DubAudio.SAMPLE_RATE_HZ / 20;

  /** Voice whose place is known is one utterance up to a gap of 200 ms. */
  private static final long UTTERANCE_GAP_MICROS = 200_000;

  private final DubTrack track;
  private final SlotLedger ledger;
  private final Captioner captioner;
  private final MeterSink meters;
  private final DubListener listener;
  private final DelayChooser delay;
  private final VoicePlanner planner;

  /** Whether the voice that comes now is the planner's. */
  private boolean planned;

  /** Whose voice the planner got last. */
  private @Nullable Turn speaker;

  /** Where the last voice ends whose place was known. */
  private long knownEndMicros = Long.MIN_VALUE / 2;

  private volatile long fedEndMicros;
  private volatile @Nullable Health health;

  TranslatorWords(
      DubTrack track,
      SourcePhrases phrases,
      SlotLedger ledger,
      Captioner captioner,
      MeterSink meters,
      DubListener listener,
      DelayChooser delay) {
    this.track = track;
    this.ledger = ledger;
    this.captioner = captioner;
    this.meters = meters;
    this.listener = listener;
    this.delay = delay;
    this.planner = new VoicePlanner(track, phrases, new Laid());
  }

  /** Source sound up to there is known. */
  void fedTo(long endMicros) {
    fedEndMicros = Math.max(fedEndMicros, endMicros);
  }

  /** The translator's condition as it last said; empty if it has not. */
  Optional<Health> health() {
    return Optional.ofNullable(health);
  }

  @Override
  public void tookOver() {
    health = null;
    ledger.recovered();
  }

  @Override
  public void passedOn() {
    planner.passOn();
    planned = false;
    track.endRun();
    captioner.changeTarget();
  }

  @Override
  public void take(Turn turn, TranslatorEvent event) {
    if (event instanceof DubAudio audio) {
      lay(turn, audio);
    } else if (event instanceof SourceKept kept) {
      keep(turn, kept);
    } else if (event instanceof Health now) {
      setHealth(now);
    } else if (event instanceof Transcript fragment) {
      long position =
          planned
              ? planner.writePosition()
              : track.writePosition(earliest -> speechFrom(turn, earliest));
      captioner.write(fragment, Samples.toMicros(position));
    } else if (event instanceof Usage usage && usage.costUsd() > 0) {
      meters.add(Meter.TRANSLATOR_COST, "", usage.costUsd());
    }
  }

  private void keep(Turn turn, SourceKept kept) {
    long from = Math.max(kept.fromMicros(), turn.fromMicros());
    long to = Math.min(kept.toMicros(), turn.toMicros());
    if (from < to) {
      ledger.kept(onTimeline(from), onTimeline(to));
    }
  }

  private void lay(Turn turn, DubAudio audio) {
    short[] voice = audio.samples();
    OptionalLong source = audio.sourceMicros();
    planned = audio.place() != DubAudio.Place.KNOWN;
    if (planned && source.isPresent()) {
      long estimateMicros = turn.within(source.getAsLong());
      speaker = turn;
      planner.add(voice, estimateMicros, audio.place());
      return;
    }
    long position =
        source.isPresent()
            ? track.place(voice, onTimeline(turn.within(source.getAsLong())))
            : track.follow(voice, earliest -> speechFrom(turn, earliest));
    if (position != DubTrack.NOWHERE) {
      note(voice, position);
    }
    source.ifPresent(micros -> noteKnown(micros, voice.length));
  }

  /** An utterance whose place is known begins where the one before has ended a while ago. */
  private void noteKnown(long micros, int samples) {
    if (micros - knownEndMicros > UTTERANCE_GAP_MICROS) {
      delay.arrived(fedEndMicros - micros, fedEndMicros);
    }
    knownEndMicros = micros + samples * 1_000_000L / DubAudio.SAMPLE_RATE_HZ;
  }

  private void note(short[] voice, long position) {
    for (int from = 0; from < voice.length; from += VOICE_PART) {
      int to = Math.min(voice.length, from + VOICE_PART);
      boolean audible = Pcm16.peak(voice, from, to) > DubMixer.AUDIBLE_PEAK;
      long durationMicros = (to - from) * 1_000_000L / DubAudio.SAMPLE_RATE_HZ;
      captioner.laidVoice(Samples.toMicros(position + 2L * from), durationMicros, audible);
    }
  }

  /** Where speech begins that this translator was sent; not earlier than {@code earliest}. */
  private long speechFrom(Turn turn, long earliest) {
    long first = Math.max(earliest, onTimeline(turn.fromMicros()));
    long speech = ledger.firstSpeechFrom(first).orElse(first);
    return Math.max(earliest, Math.min(speech, onTimeline(turn.toMicros())));
  }

  /** The sample at a time a translator gave, which cannot be later than what it was given. */
  private long onTimeline(long micros) {
    return Samples.atMicros(Math.max(-fedEndMicros, Math.min(micros, fedEndMicros)));
  }

  private void setHealth(Health now) {
    health = now;
    listener.onHealth(now);
    if (now.isImpaired()) {
      ledger.impaired(reasonOf(now.cause()));
    } else {
      ledger.recovered();
    }
  }

  private static FallbackReason reasonOf(Health.Cause cause) {
    return switch (cause) {
      case ERROR -> FallbackReason.ERROR;
      case INVALID_OUTPUT -> FallbackReason.INVALID_OUTPUT;
      case BREAKER_OPEN -> FallbackReason.BREAKER_OPEN;
      case BUDGET -> FallbackReason.BUDGET;
      case MUTED -> FallbackReason.MUTED;
    };
  }

  /** What becomes of planned voice. */
  private final class Laid implements VoicePlanner.Listener {

    @Override
    public void laid(short[] voice, int samples, long position) {
      note(voice, position);
    }

    @Override
    public void begun(long onsetSample, long lagSamples) {
      meters.record(Meter.DUB_LAG, Math.abs(Samples.toMicros(lagSamples)) / 1e3);
      long tookMicros = fedEndMicros - Samples.toMicros(onsetSample - lagSamples);
      Turn from = speaker;
      delay.arrived(tookMicros, fedEndMicros);
      if (from != null && tookMicros > 0) {
        from.lagged(Duration.ofNanos(tookMicros * 1_000));
      }
    }
  }
}
