package dev.livedub.media.ffmpeg;

import dev.livedub.media.rtmp.RtmpAddress;
import dev.livedub.media.rtmp.RtmpException;
import dev.livedub.media.rtmp.RtmpPublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.jspecify.annotations.Nullable;

/** RTMP and RTMPS by livedub's own publisher: FFmpeg makes the FLV tags, no more. */
final class RtmpCarrier implements Carrier {

  /** How enhanced RTMP calls H.265. */
  private static final String HEVC = "hvc1";

  private final OutputTarget target;
  private final RtmpPublisher publisher;
  private @Nullable MuxedBytes bytes;

  RtmpCarrier(OutputTarget target) {
    this.target = target;
    publisher = new RtmpPublisher(RtmpAddress.of(target.url()));
  }

  @Override
  public void within(Duration limit) {
    publisher.within(limit);
  }

  @Override
  public void connect(AVFormatContext muxer, Optional<PictureFormat> picture, long bitsPerSecond)
      throws MediaException {
    boolean enhanced =
        picture.map(PictureFormat::codec).filter(PictureFormat.Codec.H265::equals).isPresent();
    try {
      publisher.open(
          enhanced ? Set.of(HEVC) : Set.of(), OutputTarget.sendBufferBytes(bitsPerSecond));
    } catch (RtmpException e) {
      throw OutputFaults.onOpen(e, target);
    }
    bytes = new MuxedBytes(muxer, publisher::write);
  }

  @Override
  public void flush() throws MediaException {
    try {
      stream().flush();
      publisher.flush();
    } catch (IOException e) {
      throw OutputFaults.onWrite(e, target);
    }
  }

  @Override
  public void finish() throws MediaException {
    try {
      stream().flush();
      publisher.finish();
    } catch (IOException e) {
      throw OutputFaults.onWrite(e, target);
    }
  }

  private MuxedBytes stream() {
    if (bytes == null) {
      throw new IllegalStateException("not connected");
    }
    return bytes;
  }

  @Override
  public MediaException onOpen(int error) {
    return failed(error, true);
  }

  @Override
  public MediaException onWrite(int error) {
    return failed(error, false);
  }

  /** A muxer fails by itself, or because its bytes could not be sent, which says more. */
  private MediaException failed(int error, boolean opening) {
    try {
      if (bytes != null) {
        bytes.check();
      }
    } catch (IOException e) {
      return OutputFaults.onWrite(e, target);
    }
    return opening
        ? OutputFaults.onOpen(error, target, false)
        : OutputFaults.onWrite(error, target, false);
  }

  @Override
  public void cancel() {
    publisher.cancel();
  }

  @Override
  public void close(@Nullable AVFormatContext muxer, boolean headerWritten) {
    publisher.close();
    if (muxer != null && bytes != null) {
      muxer.pb(null);
      bytes.close();
      bytes = null;
    }
  }
}
