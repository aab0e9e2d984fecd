package dev.livedub.cli.worker;

import dev.livedub.orchestrator.worker.WorkerMaker;

/**
 * What the command needs from the other modules; filled in by the composition root.
 *
 * @param maker makes the worker
 * @param rehearsed makes workers that talk to nobody outside of this machine
 * @param end frees what translators share, once the last of them is closed
 */
public record WorkerPorts(WorkerMaker maker, WorkerMaker rehearsed, Runnable end) {}
