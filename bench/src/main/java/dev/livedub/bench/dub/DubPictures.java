package dev.livedub.bench.dub;

import dev.livedub.testkit.measure.WavFile;
import dev.livedub.testkit.picture.SoundPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Pictures of what a virtual dub sounds like where something changes: source, dub alone, and mix,
 * one below the other, around a rotation of sessions, a loss of the service, and what an operator
 * changes on air. Saves each as PNG, and the sounds as WAV.
 *
 * <p>Arguments: directory of the pictures, directory of the sounds.
 */
public final class DubPictures {

  private static final long SEED = 7;
  private static final int RATE_HZ = VirtualDub.RATE_HZ;
  private static final Duration LENGTH = Duration.ofSeconds(18);
  private static final String SCENARIO = "music 14 dB below";

  /** A moment of what is on air, and what is seen from there on. */
  private record Moment(String name, Duration onAir) {}

  /** What happens, and the first moment that is shown. */
  private record Story(String name, String title, List<Moment> moments) {
    Duration from() {
      return Duration.ofSeconds(moments.get(0).onAir().toSeconds() - 4);
    }
  }

  private DubPictures() {}

  public static void main(String[] args) throws IOException {
    Path pictures = Files.createDirectories(Path.of(args[0]));
    Path sounds = Files.createDirectories(Path.of(args[1]));
    save(rotation(), pictures, sounds);
    save(fallback(), pictures, sounds);
    save(changes(), pictures, sounds);
  }

  private static VirtualDub dub() {
    return new VirtualDub(scenario(), SEED);
  }

  private static VirtualScenario scenario() {
    return VirtualScenario.all().stream()
        .filter(each -> each.title().equals(SCENARIO))
        .findFirst()
        .orElseThrow();
  }

  /** Runs until the first rotation to know when it is. */
  private static Story rotation() {
    VirtualDub dub = dub();
    dub.dub(Duration.ofMinutes(10), (first, source, mixed) -> {});
    Duration at = Duration.ofNanos(dub.rotatedMicros().get(0) * 1_000);
    return new Story(
        "rotation", "a session rotates", List.of(new Moment("next session translates", at)));
  }

  private static Story fallback() {
    return new Story(
        "fallback",
        "the service is lost for 6 s",
        List.of(
            new Moment("lost", Duration.ofSeconds(60)),
            new Moment("there again", Duration.ofSeconds(66))));
  }

  private static Story changes() {
    return new Story(
        "changes",
        "an operator changes the dub on air",
        List.of(
            new Moment("duckDb -6", Duration.ofSeconds(60)),
            new Moment("muted", Duration.ofSeconds(64)),
            new Moment("not muted", Duration.ofSeconds(67))));
  }

  /** Lets happen what the story tells. */
  private static void perform(Story story, VirtualDub dub) {
    Duration delay = scenario().delay().first();
    for (Moment moment : story.moments()) {
      Duration fed = moment.onAir().plus(delay);
      switch (moment.name()) {
        case "lost" -> dub.cue(fed, () -> dub.loseService(true));
        case "there again" -> dub.cue(fed, () -> dub.loseService(false));
        case "duckDb -6" -> dub.cue(fed, () -> dub.line().setDuckDb(-6));
        case "muted" -> dub.cue(fed, () -> dub.line().setMuted(true));
        case "not muted" -> dub.cue(fed, () -> dub.line().setMuted(false));
        default -> {}
      }
    }
  }

  private static void save(Story story, Path pictures, Path sounds) throws IOException {
    List<float[]> mixed = hear(story, false);
    List<float[]> alone = hear(story, true);
    SoundPicture picture =
        new SoundPicture(story.title(), RATE_HZ, story.from().toSeconds())
            .sound("source", mixed.get(0))
            .sound("dub", alone.get(1))
            .sound("mix", mixed.get(1));
    story.moments().forEach(each -> picture.moment(each.name(), each.onAir().toMillis() / 1e3));
    picture.save(pictures.resolve(story.name() + ".png"));
    write(sounds.resolve(story.name() + "-source.wav"), mixed.get(0));
    write(sounds.resolve(story.name() + "-dub.wav"), alone.get(1));
    write(sounds.resolve(story.name() + "-mix.wav"), mixed.get(1));
  }

  private static void write(Path file, float[] mono) throws IOException {
    try (WavFile wav = new WavFile(file, RATE_HZ, 1)) {
      wav.write(samples(mono));
    }
  }

  /** What is on air in the stretch that is shown: source, and what is heard. */
  private static List<float[]> hear(Story story, boolean alone) {
    VirtualDub dub = dub();
    perform(story, dub);
    long from = story.from().toSeconds() * RATE_HZ;
    float[] source = new float[(int) LENGTH.toSeconds() * RATE_HZ];
    float[] heard = new float[source.length];
    Duration end = story.from().plus(LENGTH).plus(scenario().delay().first()).plusSeconds(1);
    dub.dub(
        end,
        alone,
        (first, original, mixed) -> {
          copy(original, first - from, source);
          copy(mixed, first - from, heard);
        });
    return List.of(source, heard);
  }

  private static void copy(short[] stereo, long at, float[] mono) {
    for (int i = 0; i < stereo.length / 2; i++) {
      if (at + i >= 0 && at + i < mono.length) {
        mono[(int) (at + i)] = (stereo[2 * i] + stereo[2 * i + 1]) / 65_536f;
      }
    }
  }

  private static short[] samples(float[] mono) {
    short[] samples = new short[mono.length];
    for (int i = 0; i < mono.length; i++) {
      samples[i] = VirtualDub.sample(mono[i]);
    }
    return samples;
  }
}
