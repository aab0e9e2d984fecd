package dev.livedub.orchestrator.worker;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts bytes into lines.
 *
 * <p><b>Threading:</b> none; one owner.
 */
final class LineAssembler {

  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  /**
   * Takes all that a buffer holds.
   *
   * @return the lines that are complete now, without their ends
   * @throws WireException if a line is longer than {@link Wire#MAX_LINE_BYTES}
   */
  List<byte[]> take(ByteBuffer bytes) throws WireException {
    List<byte[]> lines = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '\n') {
        lines.add(begun.toByteArray());
        begun.reset();
      } else if (begun.size() == Wire.MAX_LINE_BYTES - 1) {
        throw new WireException("a line longer than " + Wire.MAX_LINE_BYTES + " bytes");
      } else {
        begun.write(next);
      }
    }
    return lines;
  }
}
