package dev.livedub.media.ffmpeg;

import dev.livedub.media.flv.FlvException;
import dev.livedub.media.rtmp.RtmpAddress;
import dev.livedub.media.rtmp.RtmpException;
import dev.livedub.media.rtmp.RtmpPublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RTMP and RTMPS by livedub's own publisher, with tags of its own making.
 *
 * <p><b>Threading, ownership:</b> as {@link MediaOutput}.
 */
final class RtmpOutput implements MediaOutput {

  /** How enhanced RTMP calls H.265. */
  private static final String HEVC = "hvc1";

  private final OutputTarget target;
  private final RtmpPublisher publisher;

  /** Null before the stream is announced, and after its end. */
  private @Nullable FlvPackets packets;

  RtmpOutput(OutputTarget target) {
    this.target = target;
    publisher = new RtmpPublisher(RtmpAddress.of(target.url()));
  }

  @Override
  public void open(
      Optional<PictureFormat> picture,
      Optional<SoundFormat> sound,
      long bitsPerSecond,
      Duration timeout)
      throws MediaException {
    if (sound.isPresent()) {
      target.checkCarries(sound.get());
    }
    publisher.within(timeout);
    try {
      FlvPackets made = new FlvPackets(picture, sound, publisher);
      connect(picture, bitsPerSecond);
      publisher.metadata(made.metadata());
      made.announce();
      publisher.flush();
      packets = made;
    } catch (FlvException e) {
      throw OutputFaults.onOpen(e, target);
    } catch (IOException e) {
      throw OutputFaults.onWrite(e, target);
    }
  }

  private void connect(Optional<PictureFormat> picture, long bitsPerSecond) throws MediaException {
    boolean enhanced =
        picture.map(PictureFormat::codec).filter(PictureFormat.Codec.H265::equals).isPresent();
    try {
      publisher.open(
          enhanced ? Set.of(HEVC) : Set.of(), OutputTarget.sendBufferBytes(bitsPerSecond));
    } catch (RtmpException e) {
      throw OutputFaults.onOpen(e, target);
    }
  }

  @Override
  public void write(MediaPacket packet) throws MediaException {
    if (packets == null) {
      throw new IllegalStateException("write before open");
    }
    publisher.within(WRITE_DEADLINE);
    try {
      packets.write(packet);
    } catch (IOException e) {
      throw OutputFaults.onWrite(e, target);
    }
  }

  @Override
  public void flush() throws MediaException {
    publisher.within(WRITE_DEADLINE);
    try {
      publisher.flush();
    } catch (IOException e) {
      throw OutputFaults.onWrite(e, target);
    }
  }

  @Override
  public void finish(Duration timeout) throws MediaException {
    FlvPackets open = packets;
    if (open == null) {
      return;
    }
    packets = null;
    publisher.within(timeout);
    try {
      open.end();
      publisher.finish();
    } catch (IOException e) {
      throw OutputFaults.onWrite(e, target);
    }
  }

  @Override
  public void cancel() {
    publisher.cancel();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
