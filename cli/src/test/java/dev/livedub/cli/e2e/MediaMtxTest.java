package dev.livedub.cli.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.livedub.testkit.thirdparty.MediaMtx;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** From a MediaMTX back to it, where there is one: Debian does not package it. */
@Tag("e2e")
class MediaMtxTest extends ServerPairContract {

  @BeforeAll
  static void needsMediaMtx() {
    assumeTrue(MediaMtx.executable().isPresent(), "no mediamtx on the PATH");
  }

  @Override
  ServerPair start(SourceClip clip, Path directory) {
    return new MediaMtxTwice(clip, directory);
  }
}
