package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_CUSTOM_IO;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avformat.avio_flush;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXTERNAL;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A byte stream into which a muxer writes and which hands on to Java.
 *
 * <p>As for {@link Deadline}, one native callback serves the whole process, and the opaque pointer
 * carries the stream's number.
 *
 * <p><b>Threading:</b> one thread. <b>Ownership:</b> owns FFmpeg's context and its buffer; the
 * muxer must not be used once this is closed.
 */
final class MuxedBytes implements AutoCloseable {

  /** Takes what a muxer has written. */
  interface Taker {

    /**
     * Takes all bytes.
     *
     * @param borrowed FFmpeg's memory, valid during the call
     */
    void take(ByteBuffer borrowed) throws IOException;
  }

  private static final int BUFFER_BYTES = 32 * 1024;

  private static final Map<Long, MuxedBytes> BY_NUMBER = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT_NUMBER = new AtomicLong(1);
  private static final Callback CALLBACK = new Callback();

  private static final class Callback extends Write_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer bytes, int sizeBytes) {
      MuxedBytes stream = BY_NUMBER.get(opaque.address());
      return stream == null ? AVERROR_EXTERNAL() : stream.take(bytes, sizeBytes);
    }
  }

  /** A number in the shape of a pointer; never dereferenced. */
  private static final class Number extends Pointer {
    Number(long number) {
      super((Pointer) null);
      address = number;
    }
  }

  private final long number = NEXT_NUMBER.getAndIncrement();
  private final Taker taker;
  private final AVIOContext io;
  private @Nullable Throwable failure;

  /** A stream that {@code muxer} writes into; what it writes waits for {@link #flush} or more. */
  MuxedBytes(AVFormatContext muxer, Taker taker) {
    this.taker = taker;
    BytePointer buffer = new BytePointer(av_malloc(BUFFER_BYTES));
    io = avio_alloc_context(buffer, BUFFER_BYTES, 1, new Number(number), null, CALLBACK, null);
    BY_NUMBER.put(number, this);
    muxer.pb(io);
    muxer.flags(muxer.flags() | AVFMT_FLAG_CUSTOM_IO);
  }

  private int take(BytePointer bytes, int sizeBytes) {
    if (failure != null) {
      return AVERROR_EXTERNAL();
    }
    try {
      taker.take(bytes.capacity(sizeBytes).asByteBuffer());
      return sizeBytes;
    } catch (Throwable e) { // must not get into native code
      failure = e;
      return AVERROR_EXTERNAL();
    }
  }

  /** Hands on what the muxer has written. */
  void flush() throws IOException {
    avio_flush(io);
    check();
  }

  /** Throws what the taker has thrown meanwhile; FFmpeg only knows that there was something. */
  void check() throws IOException {
    Throwable thrown = failure;
    if (thrown instanceof IOException known) {
      throw known;
    }
    if (thrown != null) {
      throw new IllegalStateException("the bytes of a muxer were not taken", thrown);
    }
  }

  @Override
  public void close() {
    BY_NUMBER.remove(number);
    av_free(io.buffer()); // FFmpeg may have put another in place of the first
    io.buffer(null);
    avio_context_free(io);
  }
}
