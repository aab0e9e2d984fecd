package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.thirdparty.GstRtspServer;
import dev.livedub.testkit.thirdparty.NginxRtmp;
import java.util.List;
import java.util.Map;

/**
 * What MediaMTX does, put together of servers that Debian packages, for one stream: GStreamer's
 * RTSP server plays a clip in place of a publisher, nginx takes the dub, and GStreamer's serves
 * that by RTSP too. The wrapper is run by hand.
 */
final class DebianIngest implements Ingest {

  private final String streamId;
  private final String application;
  private final Map<String, String> hookEnvironment;
  private final NginxRtmp rtmp;
  private GstRtspServer rtsp;
  private boolean serves = true;
  private int publishers;

  DebianIngest(SourceClip clip, String streamId, Map<String, String> hookEnvironment) {
    this.streamId = streamId;
    this.application = "live/" + streamId;
    this.hookEnvironment = hookEnvironment;
    rtmp = NginxRtmp.start(application);
    rtsp =
        GstRtspServer.ofFileAndRtmp(
            application + "/in", clip.file(), application + "/out", rtmp.url("out"));
  }

  @Override
  public List<String> arguments() {
    String rtmpAddress = rtmp.url("").replace("/" + application + "/", "");
    return List.of(
        "--mediamtx-rtsp", rtsp.address(), "--mediamtx-rtmp", rtmpAddress, "--mediamtx-api", "off");
  }

  @Override
  public void awaitFound(Livedub livedub) {
    // Without a control API it does not look.
  }

  @Override
  public void publish(String who) {
    if (!serves) {
      rtsp = rtsp.startAgain();
      serves = true;
    }
    publishers++;
    say("ready", who);
  }

  @Override
  public void drop(String who) {
    rtsp.close();
    serves = false;
    say("not-ready", who);
  }

  @Override
  public String outUrl(String who) {
    return rtmp.url("out");
  }

  @Override
  public int roundings() {
    return 2;
  }

  @Override
  public void close() {
    if (serves) {
      rtsp.close();
    }
    rtmp.close();
  }

  private void say(String event, String who) {
    assertThat(who).isEqualTo(streamId);
    String path = application + "/in";
    Hook hook = Hook.run(hookEnvironment, event, path, "publisher-" + publishers);
    assertThat(hook.exitCode()).as(hook.output()).isZero();
  }
}
