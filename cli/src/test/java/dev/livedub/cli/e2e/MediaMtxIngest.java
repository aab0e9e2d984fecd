package dev.livedub.cli.e2e;

import dev.livedub.cli.mediamtx.SetUpMediaMtx;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** MediaMTX with the repository's configuration and hooks; {@code ffmpeg} publishes by RTMP. */
final class MediaMtxIngest implements Ingest {

  private static final Duration FIND_LIMIT = Duration.ofSeconds(60);

  private final SourceClip clip;
  private final SetUpMediaMtx server;
  private final Map<String, Ffmpeg> publishers = new HashMap<>();

  /**
   * Starts MediaMTX.
   *
   * @param hook the wrapper, or what is run in its place
   */
  MediaMtxIngest(SourceClip clip, Path directory, Path hook, Map<String, String> hookEnvironment)
      throws IOException {
    this.clip = clip;
    this.server = new SetUpMediaMtx(directory, hook, hookEnvironment);
  }

  @Override
  public List<String> arguments() {
    return List.of(
        "--mediamtx-rtsp",
        server.rtsp(),
        "--mediamtx-rtmp",
        server.rtmp(),
        "--mediamtx-api",
        server.api());
  }

  @Override
  public void awaitFound(Livedub livedub) {
    livedub.process().awaitLine("mediamtx_reachable", FIND_LIMIT);
  }

  @Override
  public void publish(String streamId) {
    publish(streamId, "");
  }

  /**
   * Has a publisher come.
   *
   * @param query further pairs of its query, each with {@code &} before it
   */
  void publish(String streamId, String query) {
    Ffmpeg before =
        publishers.put(
            streamId,
            Ffmpeg.publish(clip.file(), server.publishUrl("live/" + streamId + "/in") + query));
    if (before != null) {
      before.close();
    }
  }

  /** Whether a publisher is sent away. */
  boolean isRefused(String streamId, Duration limit) {
    String path = server.publishUrl("live/" + streamId + "/in");
    try (Ffmpeg publisher = Ffmpeg.publish(clip.file(), path)) {
      return publisher.process().awaitExit(limit) != 0;
    }
  }

  @Override
  public void drop(String streamId) {
    Objects.requireNonNull(publishers.remove(streamId), streamId).close();
  }

  /** Kills MediaMTX and starts it anew; says how each publisher ended. */
  Map<String, Integer> killAndStartAgain(Duration limit) {
    server.killAndStartAgain();
    Map<String, Integer> exits = new HashMap<>();
    publishers.forEach(
        (streamId, publisher) -> {
          exits.put(streamId, publisher.process().awaitExit(limit));
          publisher.close();
        });
    publishers.clear();
    return exits;
  }

  @Override
  public String outUrl(String streamId) {
    return server.rtmpUrl("live/" + streamId + "/out");
  }

  @Override
  public int roundings() {
    return 3;
  }

  @Override
  public void close() {
    publishers.values().forEach(Ffmpeg::close);
    server.close();
  }
}
