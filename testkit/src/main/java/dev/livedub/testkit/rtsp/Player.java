package dev.livedub.testkit.rtsp;

import dev.livedub.testkit.net.Hangup;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One player: a bounded queue and the thread that writes it to the connection.
 *
 * <p>What waits goes out in one write, so a burst costs one system call. A player whose queue is
 * full is cut off rather than made to skip, because a gap would be a fault nobody ordered.
 *
 * <p>Threading: {@link #offer} from any thread and never blocks.
 */
final class Player {

  private static final int WRITE_BUFFER_BYTES = 64 * 1024;

  private final RtspConnection connection;
  private final int queueLimitBytes;
  private final Map<Integer, TransportHeader> channels = new HashMap<>();
  private final ArrayDeque<OutFrame> queue = new ArrayDeque<>();
  private int queuedBytes;
  private boolean started;
  private @Nullable Hangup ended;

  Player(RtspConnection connection, int queueLimitBytes) {
    this.connection = connection;
    this.queueLimitBytes = queueLimitBytes;
  }

  /** Before the player is attached to a path. */
  void setUp(int track, TransportHeader transport) {
    channels.put(track, transport);
  }

  boolean hasTrack(int track) {
    return channels.containsKey(track);
  }

  boolean hasTracks() {
    return !channels.isEmpty();
  }

  /** The lowest channel that no track uses. */
  int freeChannel() {
    return channels.values().stream().mapToInt(TransportHeader::rtcpChannel).max().orElse(-1) + 1;
  }

  /** Queues those frames whose tracks were set up; false if the player is too far behind. */
  synchronized boolean offer(List<OutFrame> frames) {
    if (ended != null) {
      return true;
    }
    for (OutFrame frame : frames) {
      if (frame.track() == OutFrame.RAW || channels.containsKey(frame.track())) {
        queue.addLast(frame);
        queuedBytes += frame.bytes().length;
      }
    }
    if (!queue.isEmpty()) {
      notifyAll();
    }
    return queuedBytes <= queueLimitBytes;
  }

  /** Starts to write; what was offered before goes out first. Nothing if it already does. */
  synchronized void start(String threadName) {
    if (started) {
      return;
    }
    started = true;
    Thread thread = new Thread(this::writeUntilEnded, threadName);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the player: at once by RST, after what still waits by FIN. Returns at once. */
  void end(Hangup how) {
    synchronized (this) {
      ended = how;
      if (how == Hangup.RST) {
        queue.clear();
        queuedBytes = 0;
      }
      notifyAll();
    }
    if (how == Hangup.RST) {
      connection.hangUp(how);
    }
  }

  void close() {
    connection.close();
  }

  private void writeUntilEnded() {
    byte[] buffer = new byte[WRITE_BUFFER_BYTES];
    try {
      for (OutFrame[] frames = take(); frames != null; frames = take()) {
        write(frames, buffer);
      }
      if (isEndedInOrder()) { // a reset must not be preceded by an end
        connection.hangUp(Hangup.FIN);
      }
    } catch (IOException e) {
      // The peer is gone: the session's own thread sees that too, and cleans up.
      connection.hangUp(Hangup.RST);
    }
  }

  private synchronized boolean isEndedInOrder() {
    return ended != Hangup.RST;
  }

  private synchronized OutFrame @Nullable [] take() {
    while (queue.isEmpty() && ended == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    if (queue.isEmpty()) {
      return null;
    }
    OutFrame[] frames = queue.toArray(new OutFrame[0]);
    queue.clear();
    queuedBytes = 0;
    return frames;
  }

  private void write(OutFrame[] frames, byte[] buffer) throws IOException {
    int sizeBytes = 0;
    for (OutFrame frame : frames) {
      byte[] bytes = frame.bytes();
      if (sizeBytes + bytes.length > buffer.length) {
        connection.write(buffer, sizeBytes);
        sizeBytes = 0;
      }
      if (bytes.length > buffer.length) {
        writeAlone(frame);
      } else {
        System.arraycopy(bytes, 0, buffer, sizeBytes, bytes.length);
        label(buffer, sizeBytes, frame);
        sizeBytes += bytes.length;
      }
    }
    connection.write(buffer, sizeBytes);
  }

  private void writeAlone(OutFrame frame) throws IOException {
    byte[] copy = frame.bytes().clone();
    label(copy, 0, frame);
    connection.write(copy, copy.length);
  }

  /** Replaces the publisher's channel number by this player's. */
  private void label(byte[] bytes, int at, OutFrame frame) {
    TransportHeader transport = channels.get(frame.track());
    if (transport != null) {
      bytes[at + 1] = (byte) (frame.rtcp() ? transport.rtcpChannel() : transport.rtpChannel());
    }
  }
}
