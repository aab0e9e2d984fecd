package dev.livedub.media.sink;

import dev.livedub.core.timeline.StreamKind;
import dev.livedub.media.ffmpeg.MediaPacket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way from the playout to one sink.
 *
 * <p>While the sink is not connected, a live queue holds no more than what follows the last
 * keyframe: that is where a new connection can begin at once. A connected sink that falls too far
 * behind loses what is queued, up to the next keyframe.
 *
 * <p><b>Threading:</b> one thread offers, one takes. <b>Ownership:</b> owns the packets in it.
 */
final class SinkQueue {

  /** The most a live sink may be behind. */
  private static final Duration MAX_BEHIND = Duration.ofSeconds(10);

  /** The most a queue holds, whatever the bit rate. */
  private static final long MAX_BYTES = 64L << 20;

  /** How far a file's writer may be behind a source that is not live. */
  private static final int MAX_PACKETS_NOT_LIVE = 512;

  /** The most that is handed over at once: a third of a second of picture and sound. */
  private static final int MAX_BATCH = 32;

  /** How long it is quiet before the sink looks after its peer. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<MediaPacket> packets = new ArrayDeque<>();
  private final boolean keepsAll;
  private final boolean live;
  private long heldBytes;
  private boolean connected;
  private boolean hasPicture;
  private boolean awaitingKeyframe;
  private boolean ended;

  /**
   * An empty queue.
   *
   * @param keepsAll whether nothing is dropped while the sink is opening: it is a file
   * @param live whether the thread that offers must never wait
   */
  SinkQueue(boolean keepsAll, boolean live) {
    this.keepsAll = keepsAll;
    this.live = live;
  }

  void expectPicture(boolean isExpected) {
    lock.lock();
    try {
      hasPicture = isExpected;
    } finally {
      lock.unlock();
    }
  }

  void setConnected(boolean isConnected) {
    lock.lock();
    try {
      connected = isConnected;
      if (!isConnected && !keepsAll && hasPicture) {
        awaitingKeyframe = !dropUpToLastKeyframe();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A new connection begins at the last keyframe that is queued; false if there is none. */
  private boolean dropUpToLastKeyframe() {
    MediaPacket last = null;
    for (MediaPacket packet : packets) {
      if (startsPicture(packet)) {
        last = packet;
      }
    }
    while (!packets.isEmpty() && packets.peekFirst() != last) {
      drop(packets.removeFirst());
    }
    return last != null;
  }

  private static boolean startsPicture(MediaPacket packet) {
    return packet.kind() == StreamKind.VIDEO && packet.isKeyframe();
  }

  /** Takes over the packets, but not the list; says how many were dropped for them. */
  int offer(List<MediaPacket> offered) {
    lock.lock();
    try {
      int dropped = 0;
      for (MediaPacket packet : offered) {
        dropped += add(packet);
      }
      changed.signalAll();
      while (!live && packets.size() > MAX_PACKETS_NOT_LIVE && !ended) {
        changed.awaitUninterruptibly();
      }
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  private int add(MediaPacket packet) {
    if (ended) {
      packet.close();
      return 0;
    }
    int dropped = makeRoom(packet);
    if (awaitingKeyframe && hasPicture && !startsPicture(packet)) {
      packet.close();
      return dropped + 1;
    }
    awaitingKeyframe = false;
    packets.addLast(packet);
    heldBytes += packet.sizeBytes();
    return dropped;
  }

  private int makeRoom(MediaPacket packet) {
    if (!connected && !keepsAll && (startsPicture(packet) || !hasPicture)) {
      return hasPicture ? dropAll() : dropStale(packet);
    }
    if (isFull(packet)) {
      awaitingKeyframe = hasPicture;
      return dropAll();
    }
    return 0;
  }

  /** Sound alone: a new connection may begin anywhere, so only the last second is kept. */
  private int dropStale(MediaPacket packet) {
    int dropped = 0;
    while (!packets.isEmpty() && packet.dtsMicros() - packets.getFirst().dtsMicros() > 1_000_000) {
      drop(packets.removeFirst());
      dropped++;
    }
    return dropped;
  }

  private boolean isFull(MediaPacket packet) {
    MediaPacket head = packets.peekFirst();
    boolean behind =
        live
            && head != null
            && packet.dtsMicros() - head.dtsMicros() > MAX_BEHIND.toNanos() / 1_000;
    return behind || heldBytes + packet.sizeBytes() > MAX_BYTES;
  }

  private int dropAll() {
    int dropped = packets.size();
    packets.forEach(this::drop);
    packets.clear();
    return dropped;
  }

  private void drop(MediaPacket packet) {
    heldBytes -= packet.sizeBytes();
    packet.close();
  }

  /**
   * Waits for packets, a while, and hands over what is queued, up to a number that leaves the rest
   * to be dropped.
   *
   * @param batch takes them over; stays empty if nothing came
   * @return false once the queue has ended and is empty
   */
  boolean take(Deque<MediaPacket> batch) {
    lock.lock();
    try {
      long leftNanos = IDLE.toNanos();
      while (packets.isEmpty() && !ended && leftNanos > 0) {
        leftNanos = changed.awaitNanos(leftNanos);
      }
      boolean goesOn = !packets.isEmpty() || !ended;
      while (!packets.isEmpty() && batch.size() < MAX_BATCH) {
        MediaPacket packet = packets.removeFirst();
        heldBytes -= packet.sizeBytes();
        batch.addLast(packet);
      }
      changed.signalAll();
      return goesOn;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back, before all others, what was handed over and not written. */
  void giveBack(Deque<MediaPacket> batch) {
    lock.lock();
    try {
      while (!batch.isEmpty()) {
        MediaPacket packet = batch.removeLast();
        heldBytes += packet.sizeBytes();
        packets.addFirst(packet);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is a packet, and returns it without taking it; null once ended and empty. */
  @Nullable MediaPacket awaitHead(long maxNanos) {
    lock.lock();
    try {
      long leftNanos = maxNanos;
      while (packets.isEmpty() && !ended && leftNanos > 0) {
        leftNanos = changed.awaitNanos(leftNanos);
      }
      return packets.peekFirst();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return packets.peekFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Sleeps, but not beyond the end of the queue. */
  void pause(Duration duration) {
    lock.lock();
    try {
      long leftNanos = duration.toNanos();
      while (!ended && leftNanos > 0) {
        leftNanos = changed.awaitNanos(leftNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Says that nothing more will come; what is queued may still be taken. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops what is queued. */
  void clear() {
    lock.lock();
    try {
      dropAll();
    } finally {
      lock.unlock();
    }
  }
}
