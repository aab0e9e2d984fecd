package dev.livedub.media.worker;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.dub.DubLine;
import dev.livedub.core.log.LogEvent;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.worker.LiveChange;
import dev.livedub.core.worker.LiveSettings;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.core.worker.TranslatorFactory;
import dev.livedub.media.telemetry.Telemetry;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an operator changes of one worker: keeps what is in force, makes translators for other
 * languages, and hands changes to the {@link DubLine}. A change that cannot be made is logged, and
 * the setting stays.
 *
 * <p>Where the sound is copied there is nothing to change.
 *
 * <p><b>Threading:</b> any thread; nothing on the media path waits for its lock.
 */
final class LiveControl {

  /** The duck goes no further down. */
  private static final double LOWEST_DUCK_DB = -60;

  private final DubConfig config;
  private final @Nullable TranslatorFactory translators;
  private final MeterSink meters;
  private final Telemetry telemetry;
  private final Object settingsLock = new Object();
  private volatile LiveSettings settings;
  private volatile Optional<String> spokenLang;
  private @Nullable DubLine line;

  /** Control of a worker that has not begun, as its configuration has it. */
  LiveControl(
      DubConfig config,
      @Nullable TranslatorFactory translators,
      MeterSink meters,
      Telemetry telemetry) {
    this.config = config;
    this.translators = translators;
    this.meters = meters;
    this.telemetry = telemetry;
    this.settings = LiveSettings.of(config);
    this.spokenLang = config.targetLang();
  }

  /** What is in force. */
  LiveSettings settings() {
    return settings;
  }

  /**
   * Makes the first translator; if none can be made for a language that was asked for meanwhile, it
   * is one for that of the configuration.
   *
   * @throws RuntimeException as the factory says, if none can be made for that either
   */
  synchronized Translator firstTranslator(TranslatorFactory factory) {
    Optional<String> wanted = settings().targetLang();
    if (!wanted.equals(config.targetLang())) {
      try {
        Translator made = factory.create(config.withTargetLang(wanted), meters);
        spokenLang = wanted;
        return made;
      } catch (RuntimeException e) {
        refused(wanted, e.getClass().getSimpleName());
      }
    }
    return factory.create(config, meters);
  }

  /** Has changes take effect there from now on, and those that came before. */
  synchronized void control(DubLine made) {
    apply(settings(), made);
    line = made;
  }

  /** Makes a change. */
  synchronized void change(LiveChange change) {
    if (translators == null) {
      if (!change.isEmpty()) {
        refuse("any", "the sound is copied: there is no dub to change");
      }
      return;
    }
    change.targetLang().ifPresent(tag -> changeLanguage(translators, tag));
    changeSound(change);
  }

  private void changeLanguage(TranslatorFactory factory, String tag) {
    Optional<String> before = settings().targetLang();
    if (before.isPresent() && before.get().equalsIgnoreCase(tag)) {
      return;
    }
    Optional<String> wanted = Optional.of(tag);
    DubLine running = line;
    if (running != null) {
      Translator next;
      try {
        next = factory.create(config.withTargetLang(wanted), meters);
      } catch (RuntimeException e) {
        refuse("targetLang", e.getClass().getSimpleName());
        return;
      }
      update(now -> now.withTargetLang(wanted));
      running.replace(next, started -> tookOver(wanted, started));
    } else {
      update(now -> now.withTargetLang(wanted));
    }
    changed("targetLang", before.orElse(""), tag);
  }

  /** Called by the thread that reads the input, which must not wait. */
  private void tookOver(Optional<String> lang, boolean started) {
    if (started) {
      spokenLang = lang;
    } else {
      refused(lang, "the translator does not start");
    }
  }

  private void refused(Optional<String> lang, String why) {
    Optional<String> stays = spokenLang;
    update(now -> now.targetLang().equals(lang) ? now.withTargetLang(stays) : now);
    refuse("targetLang", why);
  }

  private void changeSound(LiveChange change) {
    OptionalDouble duckDb = change.duckDb();
    if (duckDb.isPresent()
        && !(duckDb.getAsDouble() >= LOWEST_DUCK_DB && duckDb.getAsDouble() <= 0)) {
      refuse("duckDb", "expected to be from " + LOWEST_DUCK_DB + " to 0");
      duckDb = OptionalDouble.empty();
    }
    LiveChange sound = new LiveChange(Optional.empty(), change.muted(), change.bypass(), duckDb);
    LiveSettings before = update(now -> now.after(sound));
    LiveSettings now = before.after(sound);
    if (line != null) {
      apply(now, line);
    }
    changed("muted", before.muted(), now.muted());
    changed("bypass", before.bypass(), now.bypass());
    changed("duckDb", before.duckDb(), now.duckDb());
  }

  /** Returns what was in force before. */
  private LiveSettings update(UnaryOperator<LiveSettings> change) {
    synchronized (settingsLock) {
      LiveSettings before = settings;
      settings = change.apply(before);
      return before;
    }
  }

  private static void apply(LiveSettings now, DubLine made) {
    made.setMuted(now.muted());
    made.setBypass(now.bypass());
    made.setDuckDb(now.duckDb());
  }

  private void changed(String setting, Object from, Object to) {
    if (from.equals(to)) {
      return;
    }
    telemetry
        .info(LogEvent.LIVE_CHANGE, "worker")
        .addKeyValue("setting", setting)
        .addKeyValue("from", from)
        .addKeyValue("to", to)
        .log("changed by an operator");
  }

  private void refuse(String setting, String why) {
    telemetry.warn(LogEvent.LIVE_CHANGE_REFUSED, "worker").addKeyValue("setting", setting).log(why);
  }
}
