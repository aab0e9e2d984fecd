package dev.livedub.media.ffmpeg;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.jspecify.annotations.Nullable;

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

  /**
   * Whether the feed goes on without the demuxer, which may be closed then; {@link #read} gives
   * what the demuxer would have given from the beginning on.
   *
   * @param streams the only ones that will be read, as the demuxer counts them
   */
  boolean takesOver(Set<Integer> streams);

  /**
   * Reads the next packet, once it has taken over. Blocks until the deadline that it was opened
   * with.
   *
   * @return null at the end
   * @throws MediaException when the input is lost
   */
  @Nullable MediaPacket read() throws MediaException;

  /** What ended the feed, if it is not the demuxer itself that knows. */
  Optional<MediaException> failure();

  /** Aborts what it is doing, beyond what the deadline can. */
  void cancel();

  /** Says good-bye for that long at most, and frees everything. */
  void close(Duration goodBye);
}
