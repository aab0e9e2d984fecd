package dev.livedub.media.flv;

import dev.livedub.media.bitstream.NalUnits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** The NAL units of a codec configuration in Annex B form, by their types. Immutable. */
final class ParameterSetList {

  private final List<byte[]> units;
  private final ToIntFunction<byte[]> typeOf;

  /** Takes a configuration apart. */
  ParameterSetList(byte[] annexB, ToIntFunction<byte[]> typeOf) {
    NalUnits index = new NalUnits();
    index.scan(ByteBuffer.wrap(annexB));
    List<byte[]> found = new ArrayList<>();
    for (int i = 0; i < index.count(); i++) {
      found.add(Arrays.copyOfRange(annexB, index.begin(i), index.end(i)));
    }
    this.units = List.copyOf(found);
    this.typeOf = typeOf;
  }

  /** The units of a type, in their order. */
  List<byte[]> ofType(int type) {
    return units.stream().filter(unit -> typeOf.applyAsInt(unit) == type).toList();
  }

  /** As {@link #ofType}, of which there has to be one. */
  List<byte[]> required(int type, String name) throws FlvException {
    List<byte[]> found = ofType(type);
    if (found.isEmpty()) {
      throw new FlvException("the picture's configuration holds no " + name);
    }
    return found;
  }

  /** Writes each with its length in 16 bits before it. */
  static void put(ByteArrayOutputStream out, List<byte[]> sets) {
    for (byte[] set : sets) {
      out.write(set.length >> 8);
      out.write(set.length);
      out.writeBytes(set);
    }
  }
}
