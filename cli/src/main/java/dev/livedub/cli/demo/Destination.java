package dev.livedub.cli.demo;

import dev.livedub.testkit.clip.PictureSpec;
import dev.livedub.testkit.mp4.FlvToMp4;
import dev.livedub.testkit.mp4.FragmentListener;
import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpSink;
import dev.livedub.testkit.rtmp.RtmpSinkOptions;
import dev.livedub.testkit.rtmp.RtmpStream;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The RTMP server that the dub is published to: shows it, and writes it down.
 *
 * <p><b>Threading:</b> any thread.
 */
final class Destination implements AutoCloseable {

  /**
   * A worker that is new begins its timeline anew; a connection repeats at most a keyframe's pause.
   */
  private static final long NEW_TIMELINE_MILLIS = 5_000;

  private static final int TAGS_KEPT = 200_000;
  private static final long MOST_BYTES = 512L << 20;

  private final DemoClock clock;
  private final RtmpSink sink;
  private final RtmpStream stream;
  private final FlvToMp4 mp4;
  private long latestMillis = Long.MAX_VALUE;
  private long shiftMicros;
  private volatile long pictureNanos = Long.MIN_VALUE;

  /**
   * A server that listens.
   *
   * @param path where the dub is published
   * @param recordings a folder that exists, for what arrives
   * @param watchers see what arrives
   */
  Destination(String path, Path recordings, DemoClock clock, FragmentListener watchers) {
    this.clock = clock;
    PictureSpec picture = Programme.CLIP.picture().orElseThrow();
    mp4 = new FlvToMp4(picture.width(), picture.height(), watchers);
    RtmpSinkOptions usual = RtmpSinkOptions.defaults();
    sink =
        RtmpSink.start(
            new RtmpSinkOptions(
                usual.port(),
                usual.receiveBufferBytes(),
                TAGS_KEPT,
                Optional.of(recordings),
                MOST_BYTES,
                usual.idleTimeout(),
                usual.maxConnections()));
    stream = sink.stream(path);
    stream.listener((publication, tag, body) -> show(tag, body));
  }

  /** The server, to be broken. */
  RtmpSink server() {
    return sink;
  }

  /** The stream, to be broken. */
  RtmpStream stream() {
    return stream;
  }

  /** All connections that published, oldest first. */
  List<RtmpPublication> publications() {
    return stream.publications();
  }

  /** The pictures of all connections in the order in which they arrived. */
  List<RtmpTag> pictures() {
    return publications().stream()
        .flatMap(publication -> publication.media(TagKind.VIDEO).stream())
        .toList();
  }

  /** Whether a picture has arrived after a moment. */
  boolean hasPictureSince(long nanos) {
    long latestNanos = pictureNanos;
    return latestNanos != Long.MIN_VALUE && latestNanos - nanos > 0;
  }

  /**
   * Copies what each connection has published so far, whole tags only.
   *
   * @param folder where {@code dubbed.flv}, {@code dubbed-2.flv} and so on are written
   */
  List<DubbedFile> copyTo(Path folder) throws IOException {
    List<DubbedFile> files = new ArrayList<>();
    for (RtmpPublication publication : publications()) {
      if (!publication.media(TagKind.VIDEO).isEmpty()) {
        String number = files.isEmpty() ? "" : "-" + (files.size() + 1);
        Path file = folder.resolve("dubbed" + number + ".flv");
        Files.write(file, FlvBytes.wholeTags(Files.readAllBytes(publication.dump().orElseThrow())));
        files.add(new DubbedFile(file, publication.tags()));
      }
    }
    return files;
  }

  /** Waits until the last connection has ended. */
  void awaitEnd(Duration atMost) throws InterruptedException {
    stream.awaitNoPublisher(atMost);
  }

  @Override
  public void close() {
    sink.close();
  }

  private synchronized void show(RtmpTag tag, byte[] body) {
    if (tag.timestampMillis() < latestMillis - NEW_TIMELINE_MILLIS) {
      shiftMicros = clock.micros(tag.arrivalNanos()) - tag.timestampMillis() * 1_000;
    }
    latestMillis = tag.timestampMillis();
    pictureNanos = tag.kind() == TagKind.VIDEO && tag.coded() ? tag.arrivalNanos() : pictureNanos;
    mp4.take(tag, body, shiftMicros);
  }
}
