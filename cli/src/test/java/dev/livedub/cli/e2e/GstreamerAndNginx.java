package dev.livedub.cli.e2e;

import dev.livedub.testkit.thirdparty.GstRtspServer;
import dev.livedub.testkit.thirdparty.NginxRtmp;
import java.nio.file.Path;
import java.time.Duration;

/** GStreamer's RTSP server plays a clip from its start; nginx takes and writes the output. */
final class GstreamerAndNginx implements ServerPair {

  private static final int FLV_BEGUN_BYTES = 10_000;

  private final GstRtspServer rtsp;
  private final NginxRtmp rtmp;

  GstreamerAndNginx(SourceClip clip) {
    rtsp = GstRtspServer.ofFile("live/demo/in", clip.file(), clip.picture(), clip.sound());
    rtmp = NginxRtmp.startRecording("live/demo");
  }

  @Override
  public String inputUrl() {
    return rtsp.url();
  }

  @Override
  public String outputUrl() {
    return rtmp.url("out");
  }

  @Override
  public void awaitOnAir(Livedub livedub, Duration limit) {
    livedub
        .process()
        .awaitReady(
            "output at nginx",
            limit,
            () -> rtmp.recording("out").toFile().length() > FLV_BEGUN_BYTES);
  }

  @Override
  public Path recording() {
    return rtmp.recording("out");
  }

  @Override
  public int roundings() {
    return 1;
  }

  @Override
  public void close() {
    rtsp.close();
    rtmp.close();
  }

  @Override
  public String toString() {
    return "GStreamer RTSP server and nginx-rtmp";
  }
}
