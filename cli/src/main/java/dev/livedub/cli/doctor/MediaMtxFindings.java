package dev.livedub.cli.doctor;

import dev.livedub.orchestrator.config.MediaMtxConfig;
import dev.livedub.orchestrator.mediamtx.MediaMtxApi;
import dev.livedub.orchestrator.mediamtx.PathSettings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** MediaMTX: can it be reached, and is it set up as {@code mediamtx/mediamtx.yml} does it? */
final class MediaMtxFindings {

  private static final String IN = "live/doctor/in";
  private static final String OUT = "live/doctor/out";
  private static final String HOOK = "livedub-hook";

  /** The version whose API and hooks livedub is tested with. */
  private static final String TESTED = "v1.20.";

  private final MediaMtxConfig config;
  private final boolean wanted;
  private final List<Diagnosis> lines = new ArrayList<>();

  /**
   * Has seen nothing yet.
   *
   * @param wanted whether somebody has said where it is; else it is no fault if it is not there
   */
  MediaMtxFindings(MediaMtxConfig config, boolean wanted) {
    this.config = config;
    this.wanted = wanted;
  }

  /** The lines. */
  List<Diagnosis> lines() throws InterruptedException {
    greet("RTSP", Greeting.RTSP, config.rtsp(), "rtspAddress");
    if (config.rtmp().startsWith("rtmps:")) {
      lines.add(Diagnosis.ok("RTMP", config.rtmp() + " is by TLS: not tried"));
    } else {
      greet("RTMP", Greeting.RTMP, config.rtmp(), "rtmpAddress");
    }
    if (config.api().isEmpty()) {
      lines.add(
          Diagnosis.warn(
              "MediaMTX",
              "its control API is off: a hook that gets lost is not made up for",
              "switch api on in mediamtx.yml and set --mediamtx-api"));
    } else {
      api(new MediaMtxApi(config.api().get()));
    }
    return lines;
  }

  private void greet(String name, Greeting greeting, String address, String key) {
    try {
      greeting.say(URI.create(address));
      lines.add(Diagnosis.ok(name, address + " answers"));
    } catch (IOException e) {
      lines.add(
          absent(
              name,
              address + ": " + Reason.of(e),
              "start MediaMTX, or compare --mediamtx-"
                  + greeting.name().toLowerCase(Locale.ROOT)
                  + " with "
                  + key
                  + " in mediamtx.yml"));
    }
  }

  private void api(MediaMtxApi api) throws InterruptedException {
    try {
      lines.add(version(api.version()));
      setup(api.pathSettings());
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      lines.add(
          absent(
              "MediaMTX",
              "its control API at " + api.shownAddress() + " does not answer: " + Reason.of(e),
              why.contains("401") || why.contains("403")
                  ? "let this machine's address do api: ips under authInternalUsers in mediamtx.yml"
                  : "start MediaMTX, or compare --mediamtx-api with api and apiAddress in"
                      + " mediamtx.yml"));
    }
  }

  private static Diagnosis version(String version) {
    return version.startsWith(TESTED)
        ? Diagnosis.ok("MediaMTX", version)
        : Diagnosis.warn(
            "MediaMTX",
            (version.isEmpty() ? "a version that does not say which" : version),
            "livedub is tested with " + TESTED + "x; if hooks or sound go wrong, use that");
  }

  private void setup(List<PathSettings> all) {
    Optional<PathSettings> in = settingsOf(IN, all);
    if (in.isEmpty()) {
      lines.add(
          Diagnosis.fail(
              "paths",
              "nobody can publish at live/ID/in: no path is configured for it",
              "use the paths of mediamtx/mediamtx.yml"));
    } else {
      hooks(in.get());
      clock(in.get());
    }
    lines.add(
        settingsOf(OUT, all).isPresent()
            ? Diagnosis.ok("paths", "live/ID/out can be published")
            : Diagnosis.fail(
                "paths",
                "livedub cannot publish at live/ID/out: no path is configured for it",
                "use the paths of mediamtx/mediamtx.yml"));
    settingsOf(OUT, all)
        .filter(out -> out.onPublisher().contains(HOOK))
        .ifPresent(
            out ->
                lines.add(
                    Diagnosis.warn(
                        "hooks",
                        "they are run for live/ID/out too, where livedub refuses them",
                        "configure them for live/ID/in alone")));
  }

  private void hooks(PathSettings in) {
    boolean ready = in.onPublisher().contains(HOOK);
    boolean notReady = in.offPublisher().contains(HOOK);
    if (ready && notReady) {
      lines.add(Diagnosis.ok("hooks", "live/ID/in runs " + HOOK));
      return;
    }
    String missing =
        ready ? "runOnOffline" : notReady ? "runOnOnline" : "runOnOnline, runOnOffline";
    lines.add(
        Diagnosis.warn(
            "hooks",
            "live/ID/in does not run " + HOOK + " (" + missing + "): streams start up to 10 s late",
            "set " + missing + " as mediamtx/mediamtx.yml does"));
  }

  private void clock(PathSettings in) {
    lines.add(
        in.useAbsoluteTimestamp()
            ? Diagnosis.ok("lip sync", "useAbsoluteTimestamp is on for live/ID/in")
            : Diagnosis.fail(
                "lip sync",
                "useAbsoluteTimestamp is off for live/ID/in: sound and picture of RTSP publishers"
                    + " come apart",
                "set useAbsoluteTimestamp: yes under pathDefaults in mediamtx.yml"));
  }

  /** A path of its own comes before expressions, those before what holds for all others. */
  private static Optional<PathSettings> settingsOf(String path, List<PathSettings> all) {
    return all.stream()
        .filter(each -> each.holdsFor(path))
        .min(Comparator.comparingInt(each -> each.name().startsWith("~") ? 1 : 2));
  }

  private Diagnosis absent(String subject, String finding, String advice) {
    return wanted
        ? Diagnosis.fail(subject, finding, advice)
        : Diagnosis.warn(subject, finding, advice);
  }
}
