package dev.livedub.testkit.measure;

import dev.livedub.testkit.clip.AccessUnit;
import dev.livedub.testkit.clip.ClipMuxer;
import dev.livedub.testkit.clip.ClipSource;
import dev.livedub.testkit.clip.ClipSpec;
import dev.livedub.testkit.clip.IoDeadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Records clips with planted faults into FLV files. */
final class Recording {
  private Recording() {}

  static Path flv(ClipSpec spec, Path file, UnaryOperator<List<AccessUnit>> fault) {
    try (IoDeadline deadline = new IoDeadline(Duration.ofSeconds(30));
        ClipSource source = ClipSource.finite(spec);
        ClipMuxer muxer =
            new ClipMuxer(source, file.toString(), "flv", Map.of(), 1_000_000, deadline)) {
      List<AccessUnit> units = new ArrayList<>();
      for (Optional<AccessUnit> u = source.next(); u.isPresent(); u = source.next()) {
        units.add(u.get());
      }
      fault.apply(units).forEach(muxer::write);
    }
    return file;
  }

  /** Leaves out the {@code index}-th unit of a kind. */
  static UnaryOperator<List<AccessUnit>> without(AccessUnit.Kind kind, int index) {
    return units -> {
      AccessUnit lost =
          units.stream().filter(u -> u.kind() == kind).skip(index).findFirst().orElseThrow();
      units.remove(lost);
      return units;
    };
  }
}
