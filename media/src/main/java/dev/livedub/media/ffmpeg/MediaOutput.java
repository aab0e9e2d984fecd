package dev.livedub.media.ffmpeg;

import java.time.Duration;
import java.util.Optional;

/**
 * One connection to a destination.
 *
 * <p>Packets are written as they come, without waiting for the other stream to interleave them: the
 * worker hands them over in order, and a stream that pauses must not hold the other.
 *
 * <p>Call order: {@link #open}, {@link #write} and {@link #flush}…, {@link #finish} for a clean
 * end, {@link #close}. <b>Threading:</b> one thread; any may {@link #cancel}. <b>Ownership:</b>
 * owns the connection.
 */
public sealed interface MediaOutput extends AutoCloseable permits MuxedOutput, RtmpOutput {

  /** A write that takes longer finds a peer that has stopped reading. */
  Duration WRITE_DEADLINE = Duration.ofMillis(1500);

  /** A connection to a target that is not made yet. */
  static MediaOutput to(OutputTarget target) {
    return target.isRtmp() ? new RtmpOutput(target) : new MuxedOutput(target);
  }

  /**
   * Connects and announces the streams. Blocks.
   *
   * @param bitsPerSecond what the stream is expected to take, for the size of socket buffers
   * @throws MediaException when that fails or takes longer than {@code timeout}
   */
  void open(
      Optional<PictureFormat> picture,
      Optional<SoundFormat> sound,
      long bitsPerSecond,
      Duration timeout)
      throws MediaException;

  /**
   * Writes one packet at its place on the output timeline. Blocks for {@link #WRITE_DEADLINE} at
   * most. It may wait for {@link #flush}, so that many go out in one system call. The packet stays
   * the caller's, but its native timestamps may be overwritten.
   *
   * @throws MediaException when the destination is lost
   */
  void write(MediaPacket packet) throws MediaException;

  /**
   * Hands over to the kernel what was written. Blocks for {@link #WRITE_DEADLINE} at most.
   *
   * @throws MediaException when the destination is lost
   */
  void flush() throws MediaException;

  /** Ends the stream in order, in at most {@code timeout}. */
  void finish(Duration timeout) throws MediaException;

  /** Aborts what this output is doing, from any thread. Nothing works afterwards but close. */
  void cancel();

  @Override
  void close();
}
