package dev.livedub.testkit.gemini.record;

import dev.livedub.testkit.gemini.record.SessionRecord.End;
import dev.livedub.testkit.gemini.record.SessionRecord.Side;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Writes the record of one connection.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class SessionLog {

  private static final int MAX_NUMBERS = 20_000;

  private final int connection;
  private final LongSupplier clockMillis;
  private final long openedMillis;
  private final Deque<Integer> heard = new ArrayDeque<>();
  private final Deque<Integer> spoken = new ArrayDeque<>();
  private String model = "";
  private Optional<String> targetLanguage = Optional.empty();
  private boolean resumed;
  private OptionalLong readyMillis = OptionalLong.empty();
  private OptionalLong endedMillis = OptionalLong.empty();
  private Optional<End> end = Optional.empty();
  private long inputMicros;
  private long outputMicros;
  private long bytesIn;
  private long bytesOut;

  SessionLog(int connection, LongSupplier clockMillis) {
    this.connection = connection;
    this.clockMillis = clockMillis;
    openedMillis = clockMillis.getAsLong();
  }

  /** The connection's number. */
  public int connection() {
    return connection;
  }

  /** The set-up message came. */
  public synchronized void asked(String model, Optional<String> targetLanguage, boolean resumes) {
    this.model = model;
    this.targetLanguage = targetLanguage;
    resumed = resumes;
  }

  /** setupComplete was sent. */
  public synchronized void ready() {
    readyMillis = OptionalLong.of(clockMillis.getAsLong());
  }

  /** Somebody ends the connection; the first word stands. */
  public synchronized void ending(Side by, int code, String reason) {
    if (end.isEmpty()) {
      end = Optional.of(new End(by, code, reason));
    }
  }

  /** Sound was received. */
  public synchronized void input(long micros) {
    inputMicros += micros;
  }

  /** Sound was sent. */
  public synchronized void output(long micros) {
    outputMicros += micros;
  }

  /** Frames were received and sent. */
  public synchronized void bytes(long in, long out) {
    bytesIn += in;
    bytesOut += out;
  }

  /** A syllable was understood. */
  public synchronized void heard(int number) {
    add(heard, number);
  }

  /** A syllable was said. */
  public synchronized void spoken(int number) {
    add(spoken, number);
  }

  /** The record as it is now. */
  public synchronized SessionRecord snapshot() {
    return new SessionRecord(
        connection,
        model,
        targetLanguage,
        resumed,
        openedMillis,
        readyMillis,
        endedMillis,
        end,
        inputMicros / 1_000,
        outputMicros / 1_000,
        bytesIn,
        bytesOut,
        List.copyOf(heard),
        List.copyOf(spoken));
  }

  synchronized void ended() {
    ending(Side.CLIENT, 0, "connection lost");
    endedMillis = OptionalLong.of(clockMillis.getAsLong());
  }

  synchronized boolean isOpen() {
    return endedMillis.isEmpty();
  }

  synchronized boolean isReady() {
    return readyMillis.isPresent();
  }

  /** Whether it ended at or after {@code sinceMillis} without having been of use for long. */
  synchronized boolean failedSince(long sinceMillis, long usefulMillis) {
    return endedMillis.isPresent()
        && endedMillis.getAsLong() >= sinceMillis
        && endedMillis.getAsLong() - readyMillis.orElse(endedMillis.getAsLong()) < usefulMillis;
  }

  private static void add(Deque<Integer> numbers, int number) {
    if (numbers.size() == MAX_NUMBERS) {
      numbers.removeFirst();
    }
    numbers.addLast(number);
  }
}
