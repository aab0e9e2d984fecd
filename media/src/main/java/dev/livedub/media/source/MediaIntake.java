package dev.livedub.media.source;

import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaInput;
import dev.livedub.media.ffmpeg.MediaPacket;

/**
 * Takes the packets of one elementary stream off the demuxer and brings them onto the output
 * timeline.
 *
 * <p><b>Threading:</b> the demux thread.
 */
interface MediaIntake extends AutoCloseable {

  /** Gets ready for a new connection; whatever is known of the one before is void. */
  void connected(MediaInput input) throws MediaException;

  /** Takes over one packet. */
  void accept(MediaPacket packet);

  /** Says that the input has ended for good. */
  void finish();

  @Override
  void close();
}
