package dev.livedub.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The machine's clock: is it set by the network, and how far is it from that of a server?
 * Certificates and the times in logs depend on it; pictures and sound do not.
 */
final class ClockFindings {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** An HTTP date counts whole seconds; RFC 9110, section 5.6.7. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private ClockFindings() {}

  /** Whether the clock is set by the network, as far as systemd knows. */
  static Diagnosis synchronisation() throws InterruptedException {
    return synchronisation(ask("timedatectl", "show", "--property=NTPSynchronized", "--value"));
  }

  /** The same, of what systemd has said; empty if it says nothing. */
  static Diagnosis synchronisation(Optional<String> said) {
    return switch (said.orElse("")) {
      case "yes" -> Diagnosis.ok("clock", "set by the network");
      case "no" ->
          Diagnosis.warn(
              "clock",
              "not set by the network",
              "timedatectl set-ntp true, or install chrony: certificates and logs depend on it");
      default -> Diagnosis.ok("clock", "whether it is set by the network cannot be seen here");
    };
  }

  /**
   * How far the clock is from a server's; empty if that does not answer with a date.
   *
   * @param server address of anything that speaks HTTP; it is sent no secret
   */
  static Optional<Diagnosis> skew(URI server, Clock clock) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(server).timeout(PATIENCE).GET().build(),
              HttpResponse.BodyHandlers.discarding());
      return answer.headers().firstValue("Date").map(date -> skew(server, date, clock.instant()));
    } catch (IOException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Diagnosis skew(URI server, String date, Instant now) {
    Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    Duration ahead = Duration.between(theirs, now);
    if (ahead.abs().compareTo(TOLERANCE) <= 0) {
      return Diagnosis.ok("clock", "as that of " + server.getHost());
    }
    String way = ahead.isNegative() ? "behind" : "ahead of";
    return Diagnosis.warn(
        "clock",
        ahead.abs().toSeconds() + " s " + way + " that of " + server.getHost(),
        "let the network set both clocks: timedatectl set-ntp true");
  }

  /** What a program writes; empty if it is not there, fails, or does not end in time. */
  private static Optional<String> ask(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
