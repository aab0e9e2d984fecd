package dev.livedub.media.ffmpeg;

import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/**
 * How a demuxer gets its bytes.
 *
 * <p><b>Threading:</b> one owner; {@link #cancel} by any thread. <b>Ownership:</b> closed after the
 * demuxer.
 */
sealed interface Feed permits UrlFeed, RtspFeed {

  /**
   * Connects and opens the demuxer. Blocks.
   *
   * @param context guarded by the deadline; freed if this fails
   * @throws MediaException if it fails
   */
  void open(AVFormatContext context, String url, Deadline deadline) throws MediaException;

  /** What ended the feed, if it is not the demuxer itself that knows. */
  Optional<MediaException> failure();

  /** Aborts what it is doing, beyond what the deadline can. */
  void cancel();

  /** Says good-bye for that long at most, and frees everything. */
  void close(Duration goodBye);
}
