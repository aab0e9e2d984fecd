package dev.livedub.orchestrator.mediamtx;

import dev.livedub.orchestrator.config.MediaMtxConfig;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a stream lies in MediaMTX: {@code live/<streamId>/in} as it is published, {@code
 * live/<streamId>/out} dubbed.
 *
 * <p>Streams are pulled by RTSP over TCP. What was published by RTMP with reordered pictures is the
 * exception: RTMP carries no absolute times, MediaMTX makes them up for its RTSP players, and sound
 * comes out up to a quarter of a second late. By RTMP both share one clock, so such a stream is
 * pulled by RTMP where it is known that this is MediaMTX: when its control API has answered.
 */
public final class MediaMtxPaths {

  private static final Pattern INGEST = Pattern.compile("live/([A-Za-z0-9_-]{1,64})/in");
  private static final Set<String> RTMP_SOURCES = Set.of("rtmpConn", "rtmpsConn");

  private final MediaMtxConfig config;
  private volatile boolean confirmed;

  /** Paths of a MediaMTX that nothing was heard of. */
  public MediaMtxPaths(MediaMtxConfig config) {
    this.config = config;
  }

  /** The stream of an ingest path; empty if it is another path. */
  public static Optional<String> streamOf(String path) {
    Matcher matcher = INGEST.matcher(path);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Notes that the control API has answered. */
  public void confirm() {
    confirmed = true;
  }

  /**
   * Where a stream is pulled from.
   *
   * @param sourceType MediaMTX's word for how it is published; empty if unknown
   */
  public String input(String streamId, String sourceType) {
    boolean byRtmp = confirmed && RTMP_SOURCES.contains(sourceType);
    return (byRtmp ? config.rtmp() : config.rtsp()) + "/live/" + streamId + "/in";
  }

  /** Where a dub is published. */
  public String output(String streamId) {
    return config.rtmp() + "/live/" + streamId + "/out";
  }

  /** Where a dub is pulled from for destinations elsewhere. It was published by RTMP. */
  public String dubbed(String streamId) {
    return (confirmed ? config.rtmp() : config.rtsp()) + "/live/" + streamId + "/out";
  }
}
