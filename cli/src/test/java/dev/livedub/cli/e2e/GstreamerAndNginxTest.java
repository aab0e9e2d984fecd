package dev.livedub.cli.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** From GStreamer's RTSP server to nginx-rtmp. */
@Tag("e2e")
class GstreamerAndNginxTest extends ServerPairContract {

  @Override
  ServerPair start(SourceClip clip, Path directory) {
    return new GstreamerAndNginx(clip);
  }
}
