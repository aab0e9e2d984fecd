package dev.livedub.bench.background;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Recordings that {@code bench/background} installs. None of these voices, pieces and crowds was
 * learnt from.
 */
final class Sources {

  private static final Path SHARE = Path.of("/usr/share");

  private Sources() {}

  /** Voices of women and men, in three languages. */
  static List<Recording> speeches(int seconds) {
    return List.of(
        frenchWoman(seconds),
        speech("Dutch man and woman", "games/fillets-ng/sound", "**/nl/*.ogg", seconds),
        speech("English reader", "pocketsphinx/test/data/librivox", "**.wav", seconds));
  }

  static List<Recording> music(int seconds) {
    return List.of(
        danceMusic(seconds),
        background("folk music", "games/etr/music/race1-jt.ogg", seconds),
        background("rock music", "tuxmath/sounds/01_rush.ogg", seconds));
  }

  static List<Recording> crowds(int seconds) {
    return List.of(background("crowd", "games/tuxfootball/sound/crowdcheer.wav", seconds));
  }

  static Recording frenchWoman(int seconds) {
    return speech("French woman", "asterisk/sounds/fr_CA_f_June", "**.g722", seconds);
  }

  static Recording danceMusic(int seconds) {
    return background("dance music", "games/frozen-bubble/snd/frozen-mainzik-1p.ogg", seconds);
  }

  private static Recording speech(String title, String directory, String glob, int seconds) {
    return Recording.speech(title, there(directory), glob, seconds);
  }

  private static Recording background(String title, String file, int seconds) {
    return Recording.background(title, there(file), seconds);
  }

  private static Path there(String path) {
    Path found = SHARE.resolve(path);
    if (!Files.exists(found)) {
      throw new IllegalStateException(found + " is missing; bench/background says what holds it");
    }
    return found;
  }
}
