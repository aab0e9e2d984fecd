package dev.livedub.media.ffmpeg;

import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.jspecify.annotations.Nullable;

/**
 * What carries a muxer's bytes to their destination.
 *
 * <p>Call order: {@link #connect}, calls of the muxer and {@link #flush}…, {@link #finish} for a
 * clean end, {@link #close}. <b>Threading:</b> one thread; any may {@link #cancel}.
 * <b>Ownership:</b> owns what it has connected and the muxer's byte stream, not the muxer.
 */
sealed interface Carrier permits FfmpegCarrier, RtmpCarrier {

  /** The carrier that serves a target. */
  static Carrier of(OutputTarget target) {
    return target.isRtmp() ? new RtmpCarrier(target) : new FfmpegCarrier(target);
  }

  /** Gives the calls that follow, the muxer's too, this long in all. */
  void within(Duration limit);

  /**
   * Connects and lets the muxer write there.
   *
   * @param picture what will be sent
   * @param bitsPerSecond what the stream is expected to take
   */
  void connect(AVFormatContext muxer, Optional<PictureFormat> picture, long bitsPerSecond)
      throws MediaException;

  /** Sends what the muxer has written. */
  void flush() throws MediaException;

  /** Sends what the muxer has written and says good-bye. */
  void finish() throws MediaException;

  /** What it means that the muxer could not be opened, or write its header. */
  MediaException onOpen(int error);

  /** What it means that the muxer could not write. */
  MediaException onWrite(int error);

  /** Aborts what is under way, from any thread. Nothing works afterwards but close. */
  void cancel();

  /**
   * Closes the connection. Nothing works afterwards.
   *
   * @param muxer null if none was ever to be connected
   * @param headerWritten whether the muxer has begun and not ended what it writes
   */
  void close(@Nullable AVFormatContext muxer, boolean headerWritten);
}
