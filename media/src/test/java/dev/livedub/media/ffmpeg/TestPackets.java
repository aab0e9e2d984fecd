package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;

import dev.livedub.core.timeline.StreamKind;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Packets that hold what a test wants. */
public final class TestPackets {

  private TestPackets() {}

  /** A picture of that many zero bytes, shown when it is decoded. */
  public static MediaPacket picture(long dtsMicros, boolean keyframe, int sizeBytes) {
    return packet(StreamKind.VIDEO, keyframe, dtsMicros, new byte[sizeBytes]);
  }

  /** An AAC frame's worth of that many zero bytes. */
  public static MediaPacket sound(long dtsMicros, int sizeBytes) {
    return packet(StreamKind.AUDIO, true, dtsMicros, new byte[sizeBytes]);
  }

  static MediaPacket packet(StreamKind kind, boolean keyframe, long micros, byte[] payload) {
    AVPacket packet = Objects.requireNonNull(av_packet_alloc());
    if (av_new_packet(packet, payload.length) < 0) {
      throw new OutOfMemoryError("packet");
    }
    packet.data().put(payload, 0, payload.length);
    packet.flags(keyframe ? AV_PKT_FLAG_KEY : 0);
    return new MediaPacket(packet, kind, keyframe, micros, micros, 0, 0);
  }
}
