package dev.livedub.orchestrator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.orchestrator.api.StreamState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand random histories of a stream: never two workers, never a state it does not get out
 * of, and every stream ends where the last word put it.
 */
class StreamMachineRandomTest {

  private static final int HISTORIES = 10_000;
  private static final long SEED = 20_261_122;

  /** What is said last, when all else is over. */
  private enum LastWord {
    PUBLISHED,
    UNPUBLISHED,
    STOPPED,
    RESTARTED
  }

  @Test
  void on_randomHistories_endWhereTheLastWordPutThem() {
    Random seeds = new Random(SEED);
    Map<LastWord, Integer> seen = new EnumMap<>(LastWord.class);
    for (int i = 0; i < HISTORIES; i++) {
      long seed = seeds.nextLong();
      LastWord word = LastWord.values()[i % LastWord.values().length];
      MachineWorld world = new MachineWorld(seed, i % 3 != 0, i % 5 != 0);
      try {
        live(world, word, 5 + i % 40);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "history " + i + ", seed " + seed + ":\n" + String.join("\n", tail(world)), e);
      }
      seen.merge(word, 1, Integer::sum);
    }
    assertThat(seen.values()).allMatch(count -> count == HISTORIES / LastWord.values().length);
  }

  private static void live(MachineWorld world, LastWord word, int steps) {
    world.turmoil(steps);
    world.calm();
    world.publish();
    world.runFor(120_000);
    switch (word) {
      case PUBLISHED -> {}
      case UNPUBLISHED -> world.unpublish();
      case STOPPED -> world.operator(new StreamInput.Stop());
      case RESTARTED -> world.operator(new StreamInput.Restart());
    }
    world.runFor(120_000);
    boolean onAir = word == LastWord.PUBLISHED || word == LastWord.RESTARTED;
    assertThat(world.machine().state()).isEqualTo(onAir ? StreamState.RUNNING : StreamState.IDLE);
    if (word == LastWord.STOPPED) {
      world.unpublish();
      world.publish();
      world.runFor(60_000);
      assertThat(world.machine().state()).as("with a new publisher").isEqualTo(StreamState.RUNNING);
    }
  }

  private static List<String> tail(MachineWorld world) {
    int size = world.history().size();
    return world.history().subList(Math.max(0, size - 60), size);
  }
}
