package dev.livedub.cli.e2e;

import org.junit.jupiter.api.Tag;

/** With servers that Debian packages, and the wrapper run by hand. */
@Tag("e2e")
class ServeDebianTest extends ServeContract {

  @Override
  Ingest ingest(ServeRig rig, String streamId) {
    return new DebianIngest(clip, streamId, rig.hookEnvironment());
  }
}
