package dev.livedub.cli.e2e;

import dev.livedub.testkit.thirdparty.Ffmpeg;
import dev.livedub.testkit.thirdparty.MediaMtx;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * MediaMTX on both sides; ffmpeg publishes to it by RTSP and records from it by RTMP.
 *
 * <p>By RTSP with absolute timestamps, because MediaMTX tells its RTSP players how sound and
 * picture lie to each other by when it got them: what comes by RTMP with B-frames leaves with the
 * sound as much too late as a picture's PTS may lie after its DTS, for every player alike.
 */
final class MediaMtxTwice implements ServerPair {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final String IN = "live/demo/in";
  private static final String OUT = "live/demo/out";

  private final MediaMtx server;
  private final Ffmpeg publisher;
  private final Path recording;
  private @Nullable Ffmpeg recorder;

  MediaMtxTwice(SourceClip clip, Path directory) {
    recording = directory.resolve("recording.flv");
    server = MediaMtx.start("useAbsoluteTimestamp: yes");
    publisher = Ffmpeg.publish(clip.file(), server.rtspUrl(IN));
    server.awaitPublished(IN, START_LIMIT);
  }

  @Override
  public String inputUrl() {
    return server.rtspUrl(IN);
  }

  @Override
  public String outputUrl() {
    return server.rtmpUrl(OUT);
  }

  @Override
  public void awaitOnAir(Livedub livedub, Duration limit) {
    livedub.process().awaitReady("output at MediaMTX", limit, () -> server.isPublished(OUT));
    recorder = Ffmpeg.record(server.rtmpUrl(OUT), recording);
    try {
      recorder.awaitOutput(START_LIMIT);
    } catch (IllegalStateException e) {
      throw new AssertionError(e.getMessage() + "\n" + server.output(), e);
    }
  }

  @Override
  public Path recording() {
    if (recorder != null) {
      recorder.stop();
    }
    return recording;
  }

  @Override
  public int roundings() {
    return 3;
  }

  @Override
  public void close() {
    if (recorder != null) {
      recorder.close();
    }
    publisher.close();
    server.close();
  }

  @Override
  public String toString() {
    return "MediaMTX on both sides";
  }
}
