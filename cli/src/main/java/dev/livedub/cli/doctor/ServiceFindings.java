package dev.livedub.cli.doctor;

import dev.livedub.orchestrator.config.HttpConfig;
import dev.livedub.orchestrator.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The address of livedub's API: is it free, or does livedub answer there already, and would it take
 * a hook's word?
 */
final class ServiceFindings {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Ports that only root may listen on. */
  private static final int PRIVILEGED = 1_024;

  /** A path that is no ingest: livedub refuses it as such once it has accepted the secret. */
  private static final String NO_INGEST = "{\"path\":\"live/doctor/out\"}";

  private final HttpConfig config;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1).build();

  ServiceFindings(HttpConfig config) {
    this.config = config;
  }

  /** The lines. */
  List<Diagnosis> lines() throws InterruptedException {
    List<Diagnosis> lines = new ArrayList<>();
    Optional<String> obstacle = obstacle();
    if (obstacle.isEmpty()) {
      lines.add(Diagnosis.ok("port", shown() + " is free"));
    } else if (answersAsLivedub()) {
      lines.add(Diagnosis.ok("port", "livedub answers at " + shown()));
      lines.add(hook());
    } else {
      lines.add(taken(obstacle.get()));
    }
    if (config.token().isEmpty() && !address().isLoopbackAddress()) {
      lines.add(
          Diagnosis.warn(
              "token",
              "whoever reaches port " + config.port() + " can stop and change streams",
              "set --token-file, or listen on 127.0.0.1 (--http-addr)"));
    }
    return lines;
  }

  private Diagnosis taken(String obstacle) {
    if (config.port() > 0 && config.port() < PRIVILEGED && PortOwner.of(config.port()).isEmpty()) {
      return Diagnosis.fail(
          "port",
          shown() + " cannot be listened on: " + obstacle,
          "name a port from " + PRIVILEGED + " on (--http-addr); those below are root's");
    }
    String owner = PortOwner.of(config.port()).map(name -> " by " + name).orElse("");
    return Diagnosis.fail(
        "port",
        shown() + " is in use" + owner + ": " + obstacle,
        "end what listens there, or name another address (--http-addr)");
  }

  /** Says what no hook would say, as a hook would. */
  private Diagnosis hook() throws InterruptedException {
    try {
      HttpRequest.Builder request =
          request("/v1/mediamtx/events/ready")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(NO_INGEST));
      config
          .hookSecret()
          .map(Secret::reveal)
          .ifPresent(secret -> request.header("X-Livedub-Hook-Secret", secret));
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 400 && answer.body().contains("invalid_path")) {
        return Diagnosis.ok("hook", "livedub takes a hook's word");
      }
      return Diagnosis.fail(
          "hook",
          "livedub answers a hook with " + answer.statusCode(),
          answer.statusCode() == 401
              ? "give --hook-secret-file the file that the running livedub has, and the hooks"
                  + " LIVEDUB_HOOK_SECRET_FILE"
              : "see livedub's log");
    } catch (IOException e) {
      return Diagnosis.fail(
          "hook", "livedub does not answer a hook: " + Reason.of(e), "see livedub's log");
    }
  }

  private boolean answersAsLivedub() throws InterruptedException {
    try {
      HttpResponse<String> answer =
          client.send(request("/openapi.yaml").GET().build(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 && answer.body().contains("livedub")
          || answer.body().contains("urn:livedub:problem");
    } catch (IOException e) {
      return false;
    }
  }

  private HttpRequest.Builder request(String path) {
    String host = address().isAnyLocalAddress() ? "127.0.0.1" : address().getHostAddress();
    String scheme = config.tls().isPresent() ? "https" : "http";
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    return HttpRequest.newBuilder(
            URI.create(scheme + "://" + bracketed + ":" + config.port() + path))
        .timeout(PATIENCE);
  }

  /** Why it cannot be listened on; empty if it can. */
  private Optional<String> obstacle() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(config.host(), config.port()));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Reason.of(e));
    }
  }

  private InetAddress address() {
    InetAddress address = new InetSocketAddress(config.host(), config.port()).getAddress();
    return address == null ? InetAddress.getLoopbackAddress() : address;
  }

  private String shown() {
    return config.host() + ":" + config.port();
  }
}
