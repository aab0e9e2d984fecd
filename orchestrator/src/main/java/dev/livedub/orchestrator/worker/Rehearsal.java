package dev.livedub.orchestrator.worker;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.worker.ExitCode;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.WorkerOrder;
import dev.livedub.core.worker.WorkerTask;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Plays the whole part of a worker's process in this one, against an orchestrator that is only
 * there to give the order, so that all classes a worker needs are loaded.
 */
public final class Rehearsal {

  private Rehearsal() {}

  /**
   * Plays until the worker has ended.
   *
   * @param dir a directory that nobody else uses, or none yet
   * @throws IOException if the directory cannot be listened in
   */
  public static ExitCode play(
      Path dir, DubConfig config, WorkerMaker maker, WorkerProcess.Observer observer)
      throws IOException {
    WorkerTask task = WorkerTask.dub(config.streamId());
    WorkerOrder order = new WorkerOrder(task, "rehearsal", config, LiveChange.NONE);
    try (StateDir state = StateDir.open(dir);
        HostLoop loop = new HostLoop("rehearsal", () -> {})) {
      WorkerDoor door = new WorkerDoor(loop, state.socket(), new Wire(), new Prompter(order));
      loop.start();
      ExitCode code =
          new WorkerProcess(dir, task, maker, HostLimits.DEFAULTS, observer, () -> {}).run();
      loop.execute(door::close);
      return code;
    }
  }

  /** Gives everybody the same order. */
  private record Prompter(WorkerOrder order) implements LineChannel.Listener {

    @Override
    public void onMessage(LineChannel from, WorkerMessage message) {
      if (message instanceof WorkerMessage.Hello) {
        from.send(new HostMessage.Run(order));
      }
    }

    @Override
    public void onClosed(LineChannel from, String why) {}
  }
}
