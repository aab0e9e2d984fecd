package dev.livedub.bench;

import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpSink;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import dev.livedub.testkit.rtsp.AccessUnit;
import dev.livedub.testkit.rtsp.RtspRelay;
import dev.livedub.testkit.thirdparty.ChildProcess;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The servers and the publisher around what is measured; they live outside its process.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Loop implements AutoCloseable {

  private static final String IN = "live/bench/in";
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final int LOGGED_PICTURES = 20_000;

  private final RtspRelay relay = RtspRelay.start();
  private final RtmpSink sink = RtmpSink.start();
  private final Ffmpeg publisher;

  /** Puts {@code clip} on air from its start. */
  Loop(Path clip) {
    relay.path(IN).accessUnits().enable(LOGGED_PICTURES);
    publisher = Ffmpeg.publish(clip, relay.url(IN));
    publisher
        .process()
        .awaitReady(
            "pictures at the relay",
            START_LIMIT,
            () -> relay.path(IN).accessUnits().recorded() > 0);
  }

  String inputUrl() {
    return relay.url(IN);
  }

  /** Where the stream of that number is published. */
  String outputUrl(int number) {
    return sink.url(stream(number));
  }

  /** Pattern for {@link String#format} that makes output URLs of numbers. */
  String outputPattern() {
    return sink.url("live/bench%d/out");
  }

  /** Where any stream is pulled from, as an orchestrator is told. */
  String rtspBase() {
    relay.serveEverywhere(IN);
    return relay.url("").replaceAll("/$", "");
  }

  /** Where any stream is published, as an orchestrator is told. */
  String rtmpBase() {
    return sink.url("").replaceAll("/$", "");
  }

  /** Name of the stream of that number. */
  static String streamId(int number) {
    return "bench" + number;
  }

  /** Pictures the relay passed on, oldest first. */
  List<AccessUnit> shown() {
    return relay.path(IN).accessUnits().units();
  }

  /** Pictures or sound frames that arrived for the stream of that number. */
  List<RtmpTag> arrived(int number, TagKind kind) {
    return sink.stream(stream(number)).latest().map(p -> p.media(kind)).orElse(List.of());
  }

  /** How many publications all streams have seen; more than streams means that some reconnected. */
  int publications(int streams) {
    int count = 0;
    for (int number = 0; number < streams; number++) {
      count += sink.stream(stream(number)).publications().size();
    }
    return count;
  }

  /** Waits until each of the first {@code streams} streams has a picture at the sink. */
  void awaitPictures(ChildProcess process, int streams, Duration limit) {
    process.awaitReady(
        "pictures of " + streams + " streams",
        limit,
        () -> {
          for (int number = 0; number < streams; number++) {
            Optional<RtmpPublication> latest = sink.stream(stream(number)).latest();
            if (latest.isEmpty() || latest.get().media(TagKind.VIDEO).isEmpty()) {
              return false;
            }
          }
          return true;
        });
  }

  @Override
  public void close() {
    publisher.close();
    relay.close();
    sink.close();
  }

  private static String stream(int number) {
    return "live/" + streamId(number) + "/out";
  }
}
