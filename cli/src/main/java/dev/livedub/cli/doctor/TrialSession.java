package dev.livedub.cli.doctor;

import dev.livedub.core.time.Ticker;
import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.gemini.session.LiveSession;
import dev.livedub.gemini.session.SessionEvent;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Speaks a sentence into a session, at real time, and listens until everything was seen or patience
 * ends.
 *
 * <p><b>Threading:</b> one thread, which waits.
 */
final class TrialSession {

  /** Longer than any session takes to say whether it is ready, or to end. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);

  private static final long CHUNK_NANOS = SpeechChunk.MILLIS * 1_000_000L;

  private final LiveSession session;
  private final Ticker ticker;
  private final BlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
  private final Sighting sighting = new Sighting();

  TrialSession(LiveSession session, Ticker ticker) {
    this.session = session;
    this.ticker = ticker;
  }

  /** Everything that was seen, including how the session ended. */
  Sighting run(TestSpeech speech, Duration patience) throws InterruptedException {
    session.open(events::add);
    try {
      await(ANSWER_LIMIT, () -> sighting.setUp().isPresent());
      if (sighting.end().isEmpty() && sighting.setUp().isPresent()) {
        speak(speech, patience);
      }
      boolean endedByItself = sighting.end().isPresent();
      session.close();
      if (!endedByItself) {
        await(ANSWER_LIMIT, () -> false);
      }
    } finally {
      session.close();
    }
    return sighting;
  }

  private void speak(TestSpeech speech, Duration patience) throws InterruptedException {
    long startNanos = ticker.nanos();
    int chunks = 0;
    while (sighting.end().isEmpty() && !sighting.isComplete()) {
      long elapsedNanos = ticker.nanos() - startNanos;
      if (elapsedNanos > patience.toNanos()) {
        return;
      }
      SessionEvent event = events.poll(chunks * CHUNK_NANOS - elapsedNanos, TimeUnit.NANOSECONDS);
      if (event == null) {
        session.send(speech.chunk(chunks++));
      } else {
        sighting.note(event, Duration.ofNanos(ticker.nanos() - startNanos));
      }
    }
  }

  private void await(Duration limit, BooleanSupplier seen) throws InterruptedException {
    long untilNanos = ticker.nanos() + limit.toNanos();
    while (sighting.end().isEmpty() && !seen.getAsBoolean()) {
      SessionEvent event = events.poll(untilNanos - ticker.nanos(), TimeUnit.NANOSECONDS);
      if (event == null) {
        return;
      }
      sighting.note(event, Duration.ZERO);
    }
  }
}
