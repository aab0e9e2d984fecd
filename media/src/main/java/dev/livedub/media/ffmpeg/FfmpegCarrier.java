package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_FLUSH_PACKETS;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;

import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;

/** FFmpeg's own protocols: files, SRT, and the muxers that connect themselves. */
final class FfmpegCarrier implements Carrier {

  private static final Duration GOOD_BYE = Duration.ofMillis(500);

  private final OutputTarget target;
  private final Deadline deadline = new Deadline();

  FfmpegCarrier(OutputTarget target) {
    this.target = target;
  }

  @Override
  public void within(Duration limit) {
    deadline.within(limit);
  }

  @Override
  public void connect(AVFormatContext muxer, Optional<PictureFormat> picture, long bitsPerSecond)
      throws MediaException {
    deadline.guard(muxer);
    if (target.muxerConnects()) {
      return;
    }
    AVIOContext io = new AVIOContext(null);
    int result =
        avio_open2(
            io, target.url(), AVIO_FLAG_WRITE, muxer.interrupt_callback(), (AVDictionary) null);
    if (result < 0) {
      throw onOpen(result);
    }
    muxer.pb(io);
    muxer.flags(muxer.flags() | AVFMT_FLAG_FLUSH_PACKETS);
  }

  @Override
  public void flush() {
    // Every packet was flushed as it was written.
  }

  @Override
  public void finish() {
    // The trailer was the last word.
  }

  @Override
  public MediaException onOpen(int error) {
    return OutputFaults.onOpen(error, target, deadline.hasPassed());
  }

  @Override
  public MediaException onWrite(int error) {
    return OutputFaults.onWrite(error, target, deadline.hasPassed());
  }

  @Override
  public void cancel() {
    deadline.cancel();
  }

  @Override
  public void close(@Nullable AVFormatContext muxer, boolean headerWritten) {
    if (muxer != null) {
      deadline.forGoodBye(GOOD_BYE);
      disconnect(muxer, headerWritten);
    }
    deadline.close();
  }

  private void disconnect(AVFormatContext muxer, boolean headerWritten) {
    if (headerWritten && target.muxerConnects()) {
      av_write_trailer(muxer); // the only way to make such a muxer close its connection
    }
    AVIOContext io = muxer.pb();
    if (io != null && !target.muxerConnects()) {
      avio_closep(io);
      muxer.pb(null);
    }
  }
}
