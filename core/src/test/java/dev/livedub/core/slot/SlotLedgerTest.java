package dev.livedub.core.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.translate.Translator.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotLedgerTest {

  private static final int CHUNK = 4_800;
  private static final int SECOND = 48_000;

  private final List<SlotOutcome> outcomes = new ArrayList<>();
  private final SlotLedger ledger =
      new SlotLedger(Duration.ofSeconds(1), Duration.ofSeconds(6), outcomes::add);

  @Test
  void played_noSpeech_isBed() {
    send(0, 10, false, SendResult.ACCEPTED);
    play(0, SECOND, 0);

    assertThat(outcomes).containsExactly(new SlotOutcome(0, SlotStatus.BED, Optional.empty()));
  }

  @Test
  void played_audibleDub_isDubbed() {
    send(0, 10, true, SendResult.ACCEPTED);
    play(0, SECOND, 480);

    assertThat(status()).containsExactly(SlotStatus.DUBBED);
  }

  @Test
  void played_edgeOfNeighboursDub_isNotDubbed() {
    send(0, 10, true, SendResult.ACCEPTED);
    play(0, SECOND, 479);

    assertThat(reasons()).containsExactly(FallbackReason.TIMEOUT);
  }

  @Test
  void played_allSpeechKept_isBed() {
    send(0, 10, true, SendResult.ACCEPTED);
    ledger.kept(0, SECOND);
    play(0, SECOND, 0);

    assertThat(status()).containsExactly(SlotStatus.BED);
  }

  @Test
  void played_speechKeptBut100Millis_isFallback() {
    send(0, 10, true, SendResult.ACCEPTED);
    ledger.kept(0, 9 * CHUNK);
    play(0, SECOND, 0);

    assertThat(reasons()).containsExactly(FallbackReason.TIMEOUT);
  }

  @Test
  void played_someChunksNotTaken_isOverload() {
    send(0, 9, true, SendResult.ACCEPTED);
    send(9, 1, true, SendResult.OVERLOADED);
    play(0, SECOND, 0);

    assertThat(reasons()).containsExactly(FallbackReason.OVERLOAD);
  }

  @Test
  void played_translatorUnavailableOrFailing_isError() {
    send(0, 10, true, SendResult.UNAVAILABLE);
    send(10, 10, true, SendResult.ACCEPTED);
    ledger.impaired(FallbackReason.ERROR);
    ledger.recovered();
    send(20, 10, true, SendResult.ACCEPTED);
    ledger.impaired(FallbackReason.ERROR);
    send(30, 10, true, SendResult.ACCEPTED);
    ledger.recovered();
    send(40, 10, true, SendResult.ACCEPTED);
    play(0, 5 * SECOND, 0);

    assertThat(reasons())
        .containsExactly(
            FallbackReason.ERROR,
            FallbackReason.ERROR,
            FallbackReason.ERROR,
            FallbackReason.ERROR,
            FallbackReason.TIMEOUT);
  }

  @Test
  void played_inAnyPieces_countsEachSlotOnce() {
    for (int at = 0; at < 10 * SECOND; at += 700) {
      long piece = Math.min(700, ledger.slotEnd(at) - at);
      ledger.played(at, (int) piece, 0);
      if (piece < 700) {
        ledger.played(at + piece, (int) (700 - piece), 0);
      }
    }
    ledger.close();
    ledger.close();

    assertThat(outcomes).extracting(SlotOutcome::index).isSorted().doesNotHaveDuplicates();
    assertThat(ledger.counts()).isEqualTo(new SlotCounts(0, outcomes.size(), 0, 0));
    assertThat(outcomes).hasSize(11);
  }

  @Test
  void played_jump_countsTheSlotLeftAndNoneBetween() {
    ledger.played(0, 1_000, 0);
    ledger.played(100L * SECOND, SECOND, 0);

    assertThat(outcomes).extracting(SlotOutcome::index).containsExactly(0L, 100L);
  }

  @Test
  void counts_whileSoundWaits_saysHowManySlotsAreInFlight() {
    send(0, 60, true, SendResult.ACCEPTED);
    assertThat(ledger.counts().inFlight()).isEqualTo(6);

    ledger.played(0, 100, 0);
    assertThat(ledger.counts().inFlight()).isEqualTo(5);

    play(0, 6 * SECOND, 0);
    assertThat(ledger.counts().inFlight()).isZero();
  }

  @Test
  void offer_farAheadOfWhatIsOnAir_isRefusedAndItsSlotsAreOverload() {
    ledger.played(0, 100, 0);
    int chunk = 0;
    while (ledger.offer((long) chunk * CHUNK, true)) {
      ledger.sent((long) chunk * CHUNK, SendResult.ACCEPTED);
      chunk++;
    }

    assertThat(chunk).isBetween(160, 190);
    assertThat(ledger.counts().inFlight()).isLessThanOrEqualTo(19);
    long refusedSlot = Math.floorDiv((long) chunk * CHUNK, (long) SECOND) + 1;
    ledger.offer(refusedSlot * SECOND, true);
    play(0, (int) (refusedSlot + 1) * SECOND, 0);
    assertThat(outcomes.get(outcomes.size() - 1).reason()).hasValue(FallbackReason.OVERLOAD);
    assertThat(outcomes.get(0).reason()).hasValue(FallbackReason.TIMEOUT);
  }

  @Test
  void offer_soundThatIsOffAirAlready_changesNothing() {
    play(0, 3 * SECOND, 0);
    send(0, 30, true, SendResult.ACCEPTED);
    send(30, 10, false, SendResult.ACCEPTED);
    play(3 * SECOND, SECOND, 0);

    assertThat(status()).containsOnly(SlotStatus.BED).hasSize(4);
  }

  @Test
  void played_slotNotAMultipleOfChunks_ignoresSpeechThatBarelyTouchesIt() {
    List<SlotOutcome> odd = new ArrayList<>();
    SlotLedger oddLedger = new SlotLedger(Duration.ofMillis(310), Duration.ofSeconds(6), odd::add);
    // 300–400 ms is speech: 10 ms of the first slot, 90 ms of the second
    oddLedger.offer(3 * CHUNK, true);
    oddLedger.sent(3 * CHUNK, SendResult.ACCEPTED);
    oddLedger.played(0, 14_880, 0);
    oddLedger.played(14_880, 14_880, 0);

    assertThat(odd)
        .extracting(SlotOutcome::status)
        .containsExactly(SlotStatus.BED, SlotStatus.FALLBACK);
  }

  @Test
  void firstSpeechFrom_skipsQuietAndKept() {
    send(0, 3, false, SendResult.ACCEPTED);
    send(3, 4, true, SendResult.ACCEPTED);
    ledger.kept(3 * CHUNK, 5 * CHUNK);

    assertThat(ledger.firstSpeechFrom(0)).hasValue(5L * CHUNK);
    assertThat(ledger.firstSpeechFrom(5 * CHUNK + 7)).hasValue(5L * CHUNK + 7);
    assertThat(ledger.firstSpeechFrom(7 * CHUNK)).isEmpty();
  }

  @Test
  void played_whileMutedOrWithheldOrWaitingThen_isMuted() {
    send(0, 10, true, SendResult.ACCEPTED); // waits while it is muted
    ledger.setMuted(true);
    for (int chunk = 10; chunk < 20; chunk++) {
      ledger.offer((long) chunk * CHUNK, true);
      ledger.withheld((long) chunk * CHUNK);
    }
    send(20, 10, true, SendResult.ACCEPTED);
    ledger.setMuted(false);
    send(30, 10, true, SendResult.ACCEPTED);
    play(0, 4 * SECOND, 0);

    assertThat(reasons())
        .containsExactly(
            FallbackReason.MUTED,
            FallbackReason.MUTED,
            FallbackReason.MUTED,
            FallbackReason.TIMEOUT);
  }

  @Test
  void played_mutedNow_isMutedWhateverElseFailed() {
    send(0, 10, true, SendResult.OVERLOADED);
    ledger.impaired(FallbackReason.ERROR);
    send(10, 10, false, SendResult.ACCEPTED);
    ledger.setMuted(true);
    play(0, 2 * SECOND, 0);

    assertThat(outcomes)
        .containsExactly(
            new SlotOutcome(0, SlotStatus.FALLBACK, Optional.of(FallbackReason.MUTED)),
            new SlotOutcome(1, SlotStatus.BED, Optional.empty()));
  }

  @Test
  void played_unmutedAndHeard_isDubbed() {
    send(0, 10, true, SendResult.ACCEPTED);
    ledger.setMuted(true);
    ledger.setMuted(false);
    play(0, SECOND, 480);

    assertThat(status()).containsExactly(SlotStatus.DUBBED);
  }

  @Test
  void firstSpeechFrom_skipsWhatWasNeverSent() {
    ledger.offer(0, true);
    ledger.withheld(0);
    send(1, 1, true, SendResult.ACCEPTED);

    assertThat(ledger.firstSpeechFrom(0)).hasValue(CHUNK);
  }

  private void send(int firstChunk, int chunks, boolean speech, SendResult result) {
    for (int chunk = firstChunk; chunk < firstChunk + chunks; chunk++) {
      ledger.offer((long) chunk * CHUNK, speech);
      ledger.sent((long) chunk * CHUNK, result);
    }
  }

  private void play(int from, int samples, int audible) {
    for (int at = from; at < from + samples; at += CHUNK) {
      ledger.played(at, CHUNK, at == from ? audible : 0);
    }
  }

  private List<SlotStatus> status() {
    return outcomes.stream().map(SlotOutcome::status).toList();
  }

  private List<FallbackReason> reasons() {
    return outcomes.stream().map(outcome -> outcome.reason().orElseThrow()).toList();
  }
}
