package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;

import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.core.timeline.StreamKind;
import dev.livedub.media.rtp.RtpDemuxer;
import dev.livedub.media.rtsp.RtspClient;
import dev.livedub.media.rtsp.RtspException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Reads packets from an RTSP connection without FFmpeg's demuxer.
 *
 * <p>While the demuxer finds out what the streams are, this is shown every RTP packet that it gets
 * ({@link #accept}), so nothing is lost when it goes on alone ({@link #choose}, {@link #read}).
 *
 * <p><b>Threading:</b> one owner. <b>Ownership:</b> owns the packets that wait; borrows the client
 * and its buffer.
 */
final class RtpReader implements AutoCloseable {

  private record Waiting(int track, MediaPacket packet) {}

  private final RtspClient client;
  private final ByteBuffer buffer;
  private final RtpDemuxer demuxer;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int heldBack;
  private boolean ended;

  /**
   * A reader of what the client plays.
   *
   * @param buffer the client's
   * @param description what it plays
   */
  RtpReader(RtspClient client, ByteBuffer buffer, String description) {
    this.client = client;
    this.buffer = buffer.duplicate(); // in network byte order, whatever the original's
    demuxer = new RtpDemuxer(description, this::unpacked);
  }

  /** Shows it the packet that the client has come to. */
  void accept(int sizeBytes) {
    demuxer.accept(buffer, client.offset(), sizeBytes);
  }

  private void unpacked(
      int track,
      byte[] bytes,
      int sizeBytes,
      boolean keyframe,
      long ptsMicros,
      long durationMicros) {
    AVPacket raw = av_packet_alloc();
    if (raw == null || av_new_packet(raw, sizeBytes) < 0) {
      throw new OutOfMemoryError("no native memory for a packet of " + sizeBytes + " bytes");
    }
    raw.data().put(bytes, 0, sizeBytes);
    raw.flags(keyframe ? AV_PKT_FLAG_KEY : 0);
    MediaPacket packet =
        new MediaPacket(
            raw,
            demuxer.isPicture(track) ? StreamKind.VIDEO : StreamKind.AUDIO,
            keyframe,
            ptsMicros,
            MediaTimes.UNSET_MICROS,
            durationMicros,
            System.nanoTime());
    waiting.add(new Waiting(track, packet));
  }

  /**
   * Leaves out all tracks but those.
   *
   * @return false if it cannot read one of them
   */
  boolean choose(Set<Integer> tracks) {
    if (!tracks.stream().allMatch(demuxer::reads)) {
      return false;
    }
    demuxer.keep(tracks);
    waiting.removeIf(each -> !tracks.contains(each.track()) && isClosed(each.packet()));
    heldBack = waiting.size();
    return true;
  }

  private static boolean isClosed(MediaPacket packet) {
    packet.close();
    return true;
  }

  /**
   * Reads the next packet. Blocks.
   *
   * @param dueNanos the moment of {@code System.nanoTime()} at which to give up
   * @return null at the end
   */
  @Nullable MediaPacket read(long dueNanos) throws RtspException {
    while (waiting.isEmpty() && !ended) {
      int sizeBytes = client.next(dueNanos);
      if (sizeBytes >= 0) {
        accept(sizeBytes);
      } else {
        ended = true;
        demuxer.finish();
      }
    }
    Waiting next = waiting.poll();
    if (next == null) {
      return null;
    }
    if (heldBack > 0) { // what came while the input was opened is as late for everybody after this
      heldBack--;
      next.packet().arrivedNow();
    }
    return next.packet();
  }

  @Override
  public void close() {
    waiting.forEach(each -> each.packet().close());
    waiting.clear();
  }
}
