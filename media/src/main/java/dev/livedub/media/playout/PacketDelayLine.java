package dev.livedub.media.playout;

import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.media.ffmpeg.MediaPacket;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Packets of one elementary stream waiting for their time on air, in decoding order.
 *
 * <p>Bounded by payload. A line that is full drops what it holds and takes nothing until the next
 * keyframe: a whole hole is better than pictures that cannot be decoded.
 *
 * <p><b>Threading:</b> one thread pushes, one takes; short critical sections. <b>Ownership:</b>
 * owns the packets in it.
 */
public final class PacketDelayLine implements AutoCloseable {

  private final long capacityBytes;
  private final ArrayDeque<MediaPacket> packets = new ArrayDeque<>();
  private long heldBytes;
  private long lastDtsMicros = MediaTimes.UNSET_MICROS;
  private boolean awaitingKeyframe;

  /** An empty line. */
  public PacketDelayLine(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  /**
   * Takes over a packet that follows all those before.
   *
   * @return packets dropped for it, 0 in all but emergencies
   */
  public synchronized int push(MediaPacket packet) {
    if (awaitingKeyframe && !packet.isKeyframe()) {
      packet.close();
      return 1;
    }
    int dropped = 0;
    if (heldBytes + packet.sizeBytes() > capacityBytes) {
      dropped = packets.size();
      clear();
      if (!packet.isKeyframe()) {
        awaitingKeyframe = true;
        packet.close();
        return dropped + 1;
      }
    }
    awaitingKeyframe = false;
    heldBytes += packet.sizeBytes();
    lastDtsMicros = packet.dtsMicros();
    packets.addLast(packet);
    return dropped;
  }

  /** DTS of the next packet, or {@link MediaTimes#UNSET_MICROS} if there is none. */
  public synchronized long headDtsMicros() {
    MediaPacket head = packets.peekFirst();
    return head == null ? MediaTimes.UNSET_MICROS : head.dtsMicros();
  }

  /** Hands over the next packet; null if there is none. */
  public synchronized @Nullable MediaPacket poll() {
    MediaPacket head = packets.pollFirst();
    if (head != null) {
      heldBytes -= head.sizeBytes();
    }
    return head;
  }

  /** Packets waiting. */
  public synchronized int size() {
    return packets.size();
  }

  /** Media time from the first to the last packet waiting, in milliseconds. */
  public synchronized double heldMillis() {
    MediaPacket head = packets.peekFirst();
    return head == null ? 0 : (lastDtsMicros - head.dtsMicros()) / 1e3;
  }

  private void clear() {
    packets.forEach(MediaPacket::close);
    packets.clear();
    heldBytes = 0;
  }

  @Override
  public synchronized void close() {
    clear();
    awaitingKeyframe = true;
  }
}
