package dev.livedub.cli.demo;

import dev.livedub.testkit.mp4.Fragment;
import dev.livedub.testkit.mp4.FragmentListener;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Hands a live stream on and writes it down until it is closed.
 *
 * <p><b>Threading:</b> any thread.
 */
final class Mp4File implements FragmentListener, AutoCloseable {

  private final OutputStream out;
  private final FragmentListener next;
  private boolean closed;

  Mp4File(Path path, FragmentListener next) throws IOException {
    this.next = next;
    out = new BufferedOutputStream(Files.newOutputStream(path));
  }

  @Override
  public void format(String mimeType, byte[] initSegment) {
    write(initSegment);
    next.format(mimeType, initSegment);
  }

  @Override
  public void fragment(Fragment fragment) {
    write(fragment.bytes());
    next.fragment(fragment);
  }

  private synchronized void write(byte[] bytes) {
    try {
      if (!closed) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of the demonstration cannot be written", e);
    }
  }

  /** Completes the file; what follows is handed on only. */
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      out.close();
    }
  }
}
