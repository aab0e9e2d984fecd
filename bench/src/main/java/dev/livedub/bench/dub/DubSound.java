package dev.livedub.bench.dub;

import dev.livedub.testkit.measure.DubReport;
import dev.livedub.testkit.measure.WavFile;
import dev.livedub.testkit.picture.SoundPicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Saves what a virtual dub sounds and looks like: {@code source.wav}, {@code dub.wav} (the dub
 * alone) and {@code mix.wav}, of the same length, and a picture of 20 s out of every 30.
 *
 * <p>Arguments: directory, number of the scenario from 0, minutes, duck in dB.
 */
public final class DubSound {

  private static final long SEED = 7;
  private static final int PICTURE_SECONDS = 20;
  private static final int PICTURE_EVERY_SECONDS = 30;

  private DubSound() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    VirtualScenario scenario = VirtualScenario.all().get(Integer.parseInt(args[1]));
    Duration length = Duration.ofMinutes(Long.parseLong(args[2]));
    DubReport report = save(directory, scenario, length, false);
    save(directory, scenario, length, true);
    System.out.println(scenario.title() + ": " + report.words());
  }

  private static DubReport save(
      Path directory, VirtualScenario scenario, Duration length, boolean alone) throws IOException {
    VirtualDub dub = new VirtualDub(scenario, SEED);
    Gallery gallery = new Gallery(directory, scenario.title());
    try (WavFile source = new WavFile(directory.resolve("source.wav"), VirtualDub.RATE_HZ, 2);
        WavFile heard =
            new WavFile(directory.resolve(alone ? "dub.wav" : "mix.wav"), VirtualDub.RATE_HZ, 2)) {
      return dub.dub(
          length,
          alone,
          (first, original, mixed) -> {
            try {
              source.write(original);
              heard.write(mixed);
              if (!alone) {
                gallery.hear(first, original, mixed);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  /** Collects what is heard, and makes a picture of a stretch once a minute. */
  private static final class Gallery {
    private final Path directory;
    private final String title;
    private final float[] source = new float[PICTURE_SECONDS * VirtualDub.RATE_HZ];
    private final float[] mix = new float[PICTURE_SECONDS * VirtualDub.RATE_HZ];

    Gallery(Path directory, String title) {
      this.directory = directory;
      this.title = title;
    }

    void hear(long first, short[] original, short[] mixed) throws IOException {
      long period = (long) PICTURE_EVERY_SECONDS * VirtualDub.RATE_HZ;
      for (int i = 0; i < original.length / 2; i++) {
        long at = (first + i) % period;
        if (at < source.length) {
          source[(int) at] = original[2 * i] / 32_768f;
          mix[(int) at] = mixed[2 * i] / 32_768f;
          if (at == source.length - 1) {
            save((first + i) / VirtualDub.RATE_HZ + 1 - PICTURE_SECONDS);
          }
        }
      }
    }

    private void save(long fromSeconds) throws IOException {
      new SoundPicture(title, VirtualDub.RATE_HZ, fromSeconds)
          .sound("source", source)
          .sound("mix", mix)
          .save(directory.resolve("from-" + fromSeconds + "-s.png"));
    }
  }
}
