package dev.livedub.core.dub;

import dev.livedub.core.caption.Captioner;
import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.mix.DubMixer;
import dev.livedub.core.pcm.SpeechDetector;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.slot.SlotLedger;
import dev.livedub.core.slot.SlotOutcome;
import dev.livedub.core.slot.SlotStatus;
import dev.livedub.core.time.Samples;
import dev.livedub.core.timeline.DelayChooser;
import dev.livedub.core.timeline.DelayRamp;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A worker's sound on its way from the input to going on air: sent to the translator as it comes
 * in, mixed with what came of it as it goes out, and accounted for slot by slot.
 *
 * <p>All PCM is 48 kHz stereo, interleaved, and both ends count samples on the output timeline:
 * what is fed as sample {@code n} is rendered as sample {@code n}, the playout delay later.
 *
 * <p>The translator cannot harm the sound. If it throws, it is not called again until it is closed,
 * its health is {@code FAILED}, and the fallback is on air; if it floods, what lies beyond {@link
 * #DUB_HORIZON} is dropped; if it says nothing, slots time out.
 *
 * <p>While it is muted or in bypass, nothing is sent to the translator, and the voice that is
 * already there is not heard, nor is the original ducked for it; it is there again if that ends
 * before the voice's place has passed. Slots with speech that went on air or should have been sent
 * meanwhile, and were not dubbed, count as {@code muted}.
 *
 * <p>Call order: {@link #start}; then {@link #feed} and {@link #render} side by side; {@link
 * #finish}; {@link #close}.
 *
 * <p><b>Threading:</b> {@code start}, {@code feed} and {@code finish} belong to the thread that
 * reads the input, {@code render} to the one that plays out; the others may be called by any. None
 * blocks.
 *
 * <p><b>Ownership:</b> translators are closed with this, or once they were replaced. Arrays handed
 * in stay the caller's.
 */
public final class DubLine implements AutoCloseable {

  /** How far ahead of what is on air translated voice is kept, beyond the playout delay. */
  public static final Duration DUB_HORIZON = Duration.ofSeconds(30);

  private static final long NOT_ON_AIR = Long.MIN_VALUE / 2;

  /** What an operator sets. */
  private record Controls(boolean muted, boolean bypass, double duckDb) {
    boolean wantsDub() {
      return !muted && !bypass;
    }
  }

  /** A translator that is to take over, and who is told whether it could. */
  private record Replacement(Translator translator, Consumer<Boolean> outcome) {}

  private final Turns turns;
  private final MeterSink meters;
  private final Captioner captioner;
  private final DelayChooser delay;
  private final ChunkCutter cutter = new ChunkCutter(this::send);
  private final SpeechDetector detector = new SpeechDetector();
  private final SlotLedger ledger;
  private final DubTrack track;
  private final SourcePhrases phrases = new SourcePhrases();
  private final TranslatorWords said;
  private final DubMixer mixer;
  private final OriginalVoice originalVoice;
  private final AtomicReference<@Nullable Replacement> replacement = new AtomicReference<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Object controlsLock = new Object();

  private short[] dub = new short[0];

  private boolean started;
  private volatile boolean finished;
  private volatile Controls controls;
  private volatile long airMicros = NOT_ON_AIR;

  /**
   * @param translator owned from now on
   */
  public DubLine(Translator translator, DubLineSettings settings, MeterSink meters) {
    this(translator, settings, meters, DubListener.NONE);
  }

  /**
   * @param translator owned from now on
   * @param listener told what the translator says besides its voice
   */
  public DubLine(
      Translator translator, DubLineSettings settings, MeterSink meters, DubListener listener) {
    this.meters = meters;
    this.captioner = new Captioner(listener::onCaption);
    this.delay = new DelayChooser(settings.delay());
    this.controls = new Controls(false, false, settings.duckDb());
    this.ledger = new SlotLedger(settings.slot(), settings.delay().most(), this::count);
    this.track = new DubTrack(samplesIn(settings.delay().most().plus(DUB_HORIZON)));
    this.said = new TranslatorWords(track, phrases, ledger, captioner, meters, listener, delay);
    this.turns = new Turns(translator, settings.delay().most().toNanos() / 1_000, said);
    this.mixer = new DubMixer(settings.duckDb(), settings.fallback());
    this.originalVoice = new OriginalVoice(settings, mixer, ledger, listener);
    meters.gauge(Meter.BACKGROUND_SEPARATED, () -> originalVoice.isTakenOut() ? 1 : 0);
    meters.gauge(Meter.INFLIGHT_FRAGMENTS, () -> ledger.counts().inFlight());
  }

  /**
   * Starts the translator.
   *
   * @throws IllegalStateException if called twice
   */
  public void start() {
    if (started) {
      throw new IllegalStateException("started twice");
    }
    started = true;
    turns.begin();
  }

  /** Mutes the dub, or unmutes it: while it is muted, the fallback is heard where speech is. */
  public void setMuted(boolean muted) {
    synchronized (controlsLock) {
      set(new Controls(muted, controls.bypass(), controls.duckDb()));
    }
  }

  /** Lets the original through as it came, or ends that; the fallback is not heard meanwhile. */
  public void setBypass(boolean bypass) {
    synchronized (controlsLock) {
      set(new Controls(controls.muted(), bypass, controls.duckDb()));
    }
  }

  /**
   * Sets the gain of the original under the dub.
   *
   * @param duckDb in dB, at most 0
   */
  public void setDuckDb(double duckDb) {
    if (!(duckDb <= 0)) {
      throw new IllegalArgumentException("duckDb " + duckDb + ", at most 0");
    }
    synchronized (controlsLock) {
      set(new Controls(controls.muted(), controls.bypass(), duckDb));
    }
  }

  private void set(Controls next) {
    controls = next;
    ledger.setMuted(!next.wantsDub());
  }

  /**
   * Has another translator take over, from the next 100 ms of source on. The one before still says
   * its last words: its voice is heard before that of the new one, until it has finished, until the
   * new one's has to go on air, or until the playout delay has passed, at least 5 s. What it says
   * later is lost.
   *
   * @param next owned from now on
   * @param outcome told, by the thread that reads the input, whether it could be started; if not,
   *     the one before stays. Not told if another one comes before it, or the end.
   */
  public void replace(Translator next, Consumer<Boolean> outcome) {
    drop(replacement.getAndSet(new Replacement(next, outcome)));
    if (closed.get()) {
      drop(replacement.getAndSet(null));
    }
  }

  /**
   * Takes the next original sound.
   *
   * @param firstSample where it lies on the output timeline; frames that were fed before are
   *     skipped, a gap is silence
   * @param stereo interleaved; the first {@code frames} frames of it
   */
  public void feed(long firstSample, short[] stereo, int frames) {
    if (!started) {
      throw new IllegalStateException("not started");
    }
    if (finished || closed.get()) {
      return;
    }
    track.beginAt(firstSample);
    said.fedTo(Samples.toMicros(firstSample + frames));
    cutter.feed(firstSample, stereo, frames);
  }

  /**
   * Changes original sound that is about to go on air into what is heard.
   *
   * @param firstSample where it lies on the output timeline: the end of the piece before
   * @param stereo interleaved; the first {@code frames} frames are changed in place
   */
  public void render(long firstSample, short[] stereo, int frames) {
    render(firstSample, stereo, frames, frames);
  }

  /**
   * The same, knowing what original sound follows, so that peaks are seen coming.
   *
   * @param stereo interleaved; the first {@code frames} frames are changed in place, the {@code
   *     frames} to {@code knownFrames} after them are read
   */
  public void render(long firstSample, short[] stereo, int frames, int knownFrames) {
    int known = frames + DubMixer.LOOK_AHEAD;
    if (dub.length < known) {
      dub = new short[known];
    }
    boolean hasDub = track.read(firstSample, frames, known, dub);
    airMicros = Samples.toMicros(firstSample + frames);
    Controls now = controls;
    mixer.set(now.duckDb(), now.wantsDub(), !now.bypass());
    boolean heardDub = hasDub && now.wantsDub();
    originalVoice.tell(firstSample, stereo, frames, knownFrames, heardDub);
    int done = 0;
    while (done < frames) {
      long at = firstSample + done;
      int part = (int) Math.min(ledger.slotEnd(at) - at, frames - done);
      boolean untranslated = mixer.fallbackIsHeard() && ledger.wantsTranslation(at);
      int audible =
          mixer.mix(at, stereo, done, part, knownFrames - done, dub, done, hasDub, untranslated);
      ledger.played(at, part, audible);
      done += part;
    }
    long nowMicros = airMicros + delay.choose(airMicros).at(airMicros);
    if (finished) {
      // Nothing is fed any more, yet voice and text still come: what is on air tells the time.
      captioner.advance(nowMicros);
    }
    turns.tick(nowMicros, airMicros);
  }

  /** The playout delay that what is rendered next is to have, by how late translations come. */
  public DelayRamp delay() {
    return delay.choose(airMicros);
  }

  /** How many frames of the original {@link #render} makes use of beyond those it renders. */
  public int lookAheadFrames() {
    return originalVoice.lookAheadFrames();
  }

  /** How many slots went on air, and as what. */
  public SlotCounts counts() {
    return ledger.counts();
  }

  /** What becomes of the original under a dub, as it is now. */
  public BackgroundMode background() {
    return originalVoice.isTakenOut() ? BackgroundMode.SEPARATE : BackgroundMode.DUCK;
  }

  /** The translator's condition as it last said, or {@code FAILED} if it threw. */
  public Optional<Health> health() {
    return said.health();
  }

  /** Translated voice that was dropped because it lay beyond the horizon. */
  public Duration droppedDub() {
    return Duration.ofNanos(Samples.toMicros(track.droppedSamples()) * 1_000);
  }

  /** Says that the input has ended; what was fed is still rendered. */
  public void finish() {
    if (started && !finished && !closed.get()) {
      finished = true;
      cutter.finish();
      turns.finish();
    }
  }

  /** Counts the slot that is on air and closes the translators. Idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ledger.close();
      turns.close();
      drop(replacement.getAndSet(null));
      captioner.finish();
    }
  }

  private void send(SpeechChunk chunk) {
    long firstSample = Samples.atMicros(chunk.mediaMicros());
    boolean speech = detector.isSpeech(chunk.samples());
    phrases.hear(chunk);
    captioner.heardSource(chunk.mediaMicros(), chunk.endMicros() - chunk.mediaMicros(), speech);
    captioner.advance(chunk.endMicros());
    Controls now = controls;
    takeOver(chunk.mediaMicros());
    turns.setMuted(!now.wantsDub());
    turns.closeGone();
    turns.tick(chunk.endMicros(), airMicros);
    if (!ledger.offer(firstSample, speech)) {
      return;
    }
    if (now.wantsDub()) {
      ledger.sent(firstSample, turns.send(chunk));
    } else {
      ledger.withheld(firstSample);
    }
  }

  private void takeOver(long fromMicros) {
    Replacement next = replacement.getAndSet(null);
    if (next != null) {
      next.outcome().accept(turns.takeOver(next.translator(), fromMicros));
    }
  }

  private static void drop(@Nullable Replacement unused) {
    if (unused != null) {
      unused.translator().close();
    }
  }

  private void count(SlotOutcome outcome) {
    SlotStatus status = outcome.status();
    meters.add(Meter.AUDIO_FRAGMENTS, status.name().toLowerCase(Locale.ROOT), 1);
    outcome.reason().ifPresent(reason -> meters.add(Meter.FALLBACK, reason.label(), 1));
  }

  private static int samplesIn(Duration span) {
    return Math.toIntExact(Samples.atMicros(span.toNanos() / 1_000));
  }
}
