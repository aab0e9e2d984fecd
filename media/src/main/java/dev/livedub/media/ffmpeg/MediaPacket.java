package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_NEW_EXTRADATA;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_new_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;

import dev.livedub.core.timeline.MediaTimes;
import dev.livedub.core.timeline.StreamKind;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/**
 * One access unit on its way from the demuxer to the muxers. The payload is FFmpeg's, counted by
 * references, and never copied.
 *
 * <p><b>Ownership:</b> whoever holds a packet closes it, once; handing it over hands over that
 * duty. {@link #reference} makes a second owner of the same payload. <b>Threading:</b> one owner at
 * a time.
 */
public final class MediaPacket implements AutoCloseable {

  private @Nullable AVPacket packet;
  private final StreamKind kind;
  private final boolean keyframe;
  private final int sizeBytes;
  private final long durationMicros;
  private long arrivalNanos;
  private long ptsMicros;
  private long dtsMicros;
  private @Nullable StreamFormat format;

  /** Takes over {@code packet}. Times in µs, or {@link MediaTimes#UNSET_MICROS}. */
  MediaPacket(
      AVPacket packet,
      StreamKind kind,
      boolean keyframe,
      long ptsMicros,
      long dtsMicros,
      long durationMicros,
      long arrivalNanos) {
    this.packet = packet;
    this.kind = kind;
    this.keyframe = keyframe;
    this.sizeBytes = packet.size();
    this.ptsMicros = ptsMicros;
    this.dtsMicros = dtsMicros;
    this.durationMicros = durationMicros;
    this.arrivalNanos = arrivalNanos;
  }

  /** Which elementary stream it belongs to. */
  public StreamKind kind() {
    return kind;
  }

  /** Whether decoding can begin here; true for every packet of sound. */
  public boolean isKeyframe() {
    return keyframe || kind == StreamKind.AUDIO;
  }

  /** Size of the payload. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** Presentation timestamp, µs, or {@link MediaTimes#UNSET_MICROS}. */
  public long ptsMicros() {
    return ptsMicros;
  }

  /** Decoding timestamp, µs, or {@link MediaTimes#UNSET_MICROS}. */
  public long dtsMicros() {
    return dtsMicros;
  }

  /** How long it lasts, µs; 0 if unknown. */
  public long durationMicros() {
    return durationMicros;
  }

  /** {@code System.nanoTime()} when it was read or made. */
  public long arrivalNanos() {
    return arrivalNanos;
  }

  /** Takes this moment as its arrival, for packets that were held back. */
  public void arrivedNow() {
    arrivalNanos = System.nanoTime();
  }

  /** Gives it its place on another timeline. */
  public void retime(long newPtsMicros, long newDtsMicros) {
    ptsMicros = newPtsMicros;
    dtsMicros = newDtsMicros;
  }

  /** Says of which format it is. */
  public void describe(StreamFormat itsFormat) {
    format = itsFormat;
  }

  /** The format it is of. */
  public StreamFormat format() {
    if (format == null) {
      throw new IllegalStateException("packet of unknown format");
    }
    return format;
  }

  /** A second owner of the same payload, with the same times. */
  public MediaPacket reference() {
    AVPacket copy = av_packet_alloc();
    if (copy == null || av_packet_ref(copy, borrow()) < 0) {
      throw new OutOfMemoryError("no native memory for a packet reference");
    }
    MediaPacket second =
        new MediaPacket(copy, kind, keyframe, ptsMicros, dtsMicros, durationMicros, arrivalNanos);
    second.format = format;
    return second;
  }

  /** Its payload, borrowed: valid until this packet is closed. */
  public ByteBuffer borrowPayload() {
    return borrow().data().capacity(sizeBytes).asByteBuffer();
  }

  /** New codec configuration that came with this packet, copied; null if none did. */
  public byte @Nullable [] newConfiguration() {
    boolean none =
        av_packet_get_side_data(borrow(), AV_PKT_DATA_NEW_EXTRADATA, (SizeTPointer) null) == null;
    if (none) { // of nearly every packet, for which no native memory is to be taken
      return null;
    }
    try (SizeTPointer size = new SizeTPointer(1)) {
      BytePointer data = av_packet_get_side_data(borrow(), AV_PKT_DATA_NEW_EXTRADATA, size);
      if (data == null || size.get() == 0) {
        return null;
      }
      byte[] configuration = new byte[(int) size.get()];
      data.get(configuration);
      return configuration;
    }
  }

  /** Attaches new codec configuration, for muxers to announce before this packet. */
  public void announceConfiguration(byte[] configuration) {
    BytePointer data =
        av_packet_new_side_data(borrow(), AV_PKT_DATA_NEW_EXTRADATA, configuration.length);
    if (data == null) {
      throw new OutOfMemoryError("no native memory for side data");
    }
    data.put(configuration, 0, configuration.length);
  }

  /** The native packet, borrowed. */
  AVPacket borrow() {
    if (packet == null) {
      throw new IllegalStateException("packet used after close");
    }
    return packet;
  }

  @Override
  public void close() {
    if (packet != null) {
      av_packet_free(packet);
      packet = null;
    }
  }
}
