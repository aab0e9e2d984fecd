package dev.livedub.core.slot;

import dev.livedub.core.time.Samples;
import dev.livedub.core.translate.Translator.SendResult;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The account of a worker's slots: what was sent, what came of it, and, as each slot goes on air,
 * its one status.
 *
 * <p>A slot is {@code dubbed} when translated voice was heard in it; {@code bed} when its source
 * held no speech, or only speech that needs no translation; otherwise {@code fallback}, for the
 * first of these reasons that applies: the operator wanted none when it was due to be sent, while
 * it waited, or when it went on air ({@code muted}), some of its sound was not taken ({@code
 * overload}), the translator was impaired when it was sent, while it waited, or when it went on air
 * (what impaired it last), nothing came ({@code timeout}).
 *
 * <p><b>Threading:</b> any thread; one short lock, never held while calling out.
 */
public final class SlotLedger {

  /** Dub shorter than this is an edge of the neighbour's, not a dubbed slot: 10 ms. */
  static final int MIN_AUDIBLE_SAMPLES = 480;

  /** A chunk counts for a slot that it reaches into by at least this much: 20 ms. */
  static final int MIN_OVERLAP_SAMPLES = 960;

  /** How far source sound may run ahead of what is on air, beyond the playout delay. */
  static final Duration SLACK = Duration.ofSeconds(10);

  private final Object lock = new Object();
  private final int slotSamples;
  private final CellRing cells;
  private final Consumer<SlotOutcome> outcomes;

  private boolean muted;
  private boolean impaired;
  private FallbackReason impairment = FallbackReason.ERROR;
  private boolean onAir;
  private boolean closed;
  private long currentSlot;
  private int audibleSamples;
  private long refusedFromCell = Long.MAX_VALUE;
  private long refusedToCell = Long.MIN_VALUE;
  private long dubbed;
  private long bed;
  private long fallback;

  /**
   * @param outcomes told each slot once, on the thread that plays out or closes
   */
  public SlotLedger(Duration slot, Duration delay, Consumer<SlotOutcome> outcomes) {
    this.slotSamples = Math.toIntExact(Samples.atMicros(slot.toNanos() / 1000));
    if (slotSamples < CellRing.SAMPLES) {
      throw new IllegalArgumentException("slot of " + slot + ", at least 100 ms");
    }
    long horizon = Samples.atMicros(delay.plus(slot).plus(SLACK).toNanos() / 1000);
    this.cells = new CellRing((int) (horizon / CellRing.SAMPLES) + 2);
    this.outcomes = outcomes;
  }

  /**
   * Notes 100 ms of source sound that is about to be sent.
   *
   * @return false if it lies so far ahead of what is on air that it must not be sent: what would
   *     come of it could not be accounted for
   */
  public boolean offer(long firstSample, boolean speech) {
    long cell = CellRing.cellOf(firstSample);
    synchronized (lock) {
      if (!cells.holds(cell) && cell >= cells.base()) {
        refusedFromCell = Math.min(refusedFromCell, cell);
        refusedToCell = Math.max(refusedToCell, cell + 1);
        return false;
      }
      cells.mark(cell, speech ? CellRing.SPEECH : 0);
      return true;
    }
  }

  /** Notes what became of the 100 ms last offered. */
  public void sent(long firstSample, SendResult result) {
    long cell = CellRing.cellOf(firstSample);
    synchronized (lock) {
      int flag =
          switch (result) {
            case ACCEPTED -> impaired ? CellRing.SENT | CellRing.IMPAIRED : CellRing.SENT;
            case OVERLOADED -> impaired ? CellRing.IMPAIRED : CellRing.SENT | CellRing.OVERLOAD;
            case UNAVAILABLE, CLOSED -> CellRing.IMPAIRED;
          };
      cells.mark(cell, muted ? flag | CellRing.MUTED : flag);
    }
  }

  /** Notes that the 100 ms last offered were not sent because the operator wants no dub. */
  public void withheld(long firstSample) {
    synchronized (lock) {
      cells.mark(CellRing.cellOf(firstSample), CellRing.MUTED);
    }
  }

  /** Notes whether the operator wants no dub; it holds for what waits, too. */
  public void setMuted(boolean nowMuted) {
    synchronized (lock) {
      muted = nowMuted;
      if (nowMuted) {
        markAll(CellRing.MUTED);
      }
    }
  }

  /**
   * Notes that the source needs no translation in {@code [fromSample, toSample)}: it holds for
   * every 100 ms that begins in there.
   */
  public void kept(long fromSample, long toSample) {
    synchronized (lock) {
      long first = Math.max(CellRing.cellOf(fromSample - 1) + 1, cells.base());
      long end = Math.min(CellRing.cellOf(toSample - 1) + 1, cells.end());
      for (long cell = first; cell < end; cell++) {
        cells.mark(cell, CellRing.KEPT);
      }
    }
  }

  /** Notes that nothing sent or still waiting will be translated, until {@link #recovered}. */
  public void impaired(FallbackReason reason) {
    synchronized (lock) {
      impairment = reason;
      impaired = true;
      markAll(CellRing.IMPAIRED);
    }
  }

  /** Notes that what is sent from now on can be translated. */
  public void recovered() {
    synchronized (lock) {
      impaired = false;
    }
  }

  /** Whether the slot around a sample has speech to translate. */
  public boolean wantsTranslation(long sample) {
    synchronized (lock) {
      return speechFlags(slotOf(sample)) != 0;
    }
  }

  /** Where the first speech begins, at or after a sample, whose translation may yet come. */
  public OptionalLong firstSpeechFrom(long sample) {
    synchronized (lock) {
      long cell = Math.max(CellRing.cellOf(sample), cells.base());
      for (; cell < cells.end(); cell++) {
        if (isUntranslatedSpeech(cell) && !isWithheld(cell)) {
          return OptionalLong.of(Math.max(sample, cell * CellRing.SAMPLES));
        }
      }
      return OptionalLong.empty();
    }
  }

  /** First sample after the slot around a sample. */
  public long slotEnd(long sample) {
    return (slotOf(sample) + 1) * slotSamples;
  }

  /**
   * Notes that sound went on air; the piece does not reach beyond one slot.
   *
   * @param audible how many of these samples held audible dub
   */
  public void played(long firstSample, int samples, int audible) {
    SlotOutcome before = null;
    SlotOutcome ended = null;
    synchronized (lock) {
      if (closed) {
        return;
      }
      long slot = slotOf(firstSample);
      if (onAir && slot != currentSlot) {
        before = settle();
      }
      if (!onAir) {
        onAir = true;
        currentSlot = slot;
        audibleSamples = 0;
        cells.forgetBefore(CellRing.cellOf(slot * slotSamples));
      }
      audibleSamples += audible;
      if (firstSample + samples >= slotEnd(firstSample)) {
        ended = settle();
      }
    }
    tell(before);
    tell(ended);
  }

  /** Counts the slot on air, as far as it was heard; nothing is counted after. */
  public void close() {
    SlotOutcome last = null;
    synchronized (lock) {
      if (onAir && !closed) {
        last = settle();
      }
      closed = true;
    }
    tell(last);
  }

  /** How it stands. */
  public SlotCounts counts() {
    synchronized (lock) {
      return new SlotCounts(dubbed, bed, fallback, inFlight());
    }
  }

  private long inFlight() {
    long inFlight = 0;
    long lastSlot = onAir ? currentSlot : Long.MIN_VALUE;
    for (long cell = cells.base(); cell < cells.end(); cell++) {
      long slot = slotOf(cell * CellRing.SAMPLES);
      if (slot > lastSlot && cells.has(cell, CellRing.SENT)) {
        lastSlot = slot;
        inFlight++;
      }
    }
    return inFlight;
  }

  private SlotOutcome settle() {
    SlotOutcome outcome = judge();
    switch (outcome.status()) {
      case DUBBED -> dubbed++;
      case BED -> bed++;
      case FALLBACK -> fallback++;
    }
    onAir = false;
    cells.forgetBefore(CellRing.cellOf((currentSlot + 1) * slotSamples));
    if (refusedToCell <= cells.base()) {
      refusedFromCell = Long.MAX_VALUE;
      refusedToCell = Long.MIN_VALUE;
    }
    return outcome;
  }

  private SlotOutcome judge() {
    if (audibleSamples >= MIN_AUDIBLE_SAMPLES) {
      return new SlotOutcome(currentSlot, SlotStatus.DUBBED, Optional.empty());
    }
    int flags = speechFlags(currentSlot);
    if (flags == 0) {
      return new SlotOutcome(currentSlot, SlotStatus.BED, Optional.empty());
    }
    FallbackReason reason = FallbackReason.TIMEOUT;
    if (muted || (flags & CellRing.MUTED) != 0) {
      reason = FallbackReason.MUTED;
    } else if ((flags & CellRing.OVERLOAD) != 0) {
      reason = FallbackReason.OVERLOAD;
    } else if (impaired || (flags & CellRing.IMPAIRED) != 0) {
      reason = impairment;
    }
    return new SlotOutcome(currentSlot, SlotStatus.FALLBACK, Optional.of(reason));
  }

  /** Flags of all cells of a slot that hold speech to translate; 0 if there is none. */
  private int speechFlags(long slot) {
    long first = CellRing.cellOf(slot * slotSamples + MIN_OVERLAP_SAMPLES - 1);
    long last = CellRing.cellOf((slot + 1) * slotSamples - MIN_OVERLAP_SAMPLES);
    int flags = 0;
    for (long cell = first; cell <= last; cell++) {
      if (isUntranslatedSpeech(cell)) {
        flags |= cells.flags(cell) | CellRing.SPEECH;
      }
      if (cell >= refusedFromCell && cell < refusedToCell) {
        flags |= CellRing.OVERLOAD;
      }
    }
    return flags;
  }

  private boolean isUntranslatedSpeech(long cell) {
    return cells.has(cell, CellRing.SPEECH) && !cells.has(cell, CellRing.KEPT);
  }

  private boolean isWithheld(long cell) {
    return cells.has(cell, CellRing.MUTED) && !cells.has(cell, CellRing.SENT);
  }

  private void markAll(int flag) {
    for (long cell = cells.base(); cell < cells.end(); cell++) {
      cells.mark(cell, flag);
    }
  }

  private long slotOf(long sample) {
    return Math.floorDiv(sample, (long) slotSamples);
  }

  private void tell(@Nullable SlotOutcome outcome) {
    if (outcome != null) {
      outcomes.accept(outcome);
    }
  }
}
