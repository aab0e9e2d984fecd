package dev.livedub.bench.dub;

import dev.livedub.gemini.keeper.KeeperReport;
import dev.livedub.gemini.keeper.SessionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Notes when one session followed another. */
final class Rotations implements KeeperReport {

  private final LongSupplier nowMicros;
  private final List<Long> micros = new ArrayList<>();

  Rotations(LongSupplier nowMicros) {
    this.nowMicros = nowMicros;
  }

  /** When, in µs. */
  List<Long> micros() {
    return List.copyOf(micros);
  }

  @Override
  public void changed(SessionChange change) {
    micros.add(nowMicros.getAsLong());
  }
}
