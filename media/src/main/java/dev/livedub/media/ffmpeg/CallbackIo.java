package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A way for FFmpeg to read from Java.
 *
 * <p><b>Threading:</b> one owner. <b>Ownership:</b> owns FFmpeg's context; closed after whoever
 * reads from it.
 */
final class CallbackIo implements AutoCloseable {

  private static final int BUFFER_BYTES = 4_096;
  private static final int END = AVERROR_EOF();
  private static final int FAILED = AVERROR_EXIT();
  private static final int READ_ONLY = 0;
  private static final int WRITABLE = 1;

  private static final Opaque<Source> SOURCES = new Opaque<>();
  private static final Callback CALLBACK = new Callback();

  private final Pointer opaque;
  private final AVIOContext context;

  /** Where the bytes come from. */
  interface Source {
    /**
     * Puts bytes at the beginning of {@code into}. Must not throw: native code is beneath.
     *
     * @return how many; or an error of FFmpeg's, such as for the end
     */
    int read(BytePointer into, int roomBytes);
  }

  private static final class Callback extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer into, int roomBytes) {
      Source source = SOURCES.owner(opaque);
      return source == null ? FAILED : source.read(into, roomBytes);
    }
  }

  private CallbackIo(Source source, int writable) {
    BytePointer buffer = new BytePointer(av_malloc(BUFFER_BYTES));
    if (buffer.isNull()) {
      throw new OutOfMemoryError("no native memory for reading");
    }
    opaque = SOURCES.add(source);
    context = avio_alloc_context(buffer, BUFFER_BYTES, writable, opaque, CALLBACK, null, null);
    if (context == null) {
      av_free(buffer);
      throw new OutOfMemoryError("no native memory for reading");
    }
  }

  /** Bytes in a row, through a buffer. */
  static CallbackIo of(Source source) {
    return new CallbackIo(source, READ_ONLY);
  }

  /**
   * Messages: each read hands over one, without a buffer between. FFmpeg does so for what can be
   * written to as well; what it writes, receiver reports, goes nowhere.
   */
  static CallbackIo ofMessages(Source source) {
    return new CallbackIo(source, WRITABLE);
  }

  /** These bytes, then the end. */
  static Source once(byte[] bytes) {
    return new Source() {
      private int taken;

      @Override
      public int read(BytePointer into, int roomBytes) {
        int count = Math.min(roomBytes, bytes.length - taken);
        into.put(bytes, taken, count);
        taken += count;
        return count == 0 ? END : count;
      }
    };
  }

  /** For FFmpeg to read from. */
  AVIOContext context() {
    return context;
  }

  @Override
  public void close() {
    SOURCES.remove(opaque);
    av_free(context.buffer());
    avio_context_free(context);
  }
}
