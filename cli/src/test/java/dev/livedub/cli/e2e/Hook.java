package dev.livedub.cli.e2e;

import dev.livedub.cli.mediamtx.SetUpMediaMtx;
import dev.livedub.testkit.thirdparty.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of the wrapper {@code mediamtx/livedub-hook} as MediaMTX would run it.
 *
 * @param exitCode its exit code
 * @param output what it wrote
 */
record Hook(int exitCode, String output) {

  /** More than all its attempts take. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /**
   * Runs it to its end.
   *
   * @param environment where livedub is
   * @param event {@code ready} or {@code not-ready}
   */
  static Hook run(Map<String, String> environment, String event, String path, String sourceId) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("MTX_PATH", path);
    variables.put("MTX_QUERY", "");
    variables.put("MTX_SOURCE_TYPE", "rtspSession");
    variables.put("MTX_SOURCE_ID", sourceId);
    List<String> command = List.of("sh", SetUpMediaMtx.HOOK.toString(), event);
    try (ChildProcess process = ChildProcess.start("hook", Path.of("/"), variables, command)) {
      return new Hook(process.awaitExit(LIMIT), process.output());
    }
  }
}
