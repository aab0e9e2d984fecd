package dev.livedub.gemini.config;

import dev.livedub.core.config.BadValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a live service listens: a {@code wss} address, or {@code ws} on this machine only. What
 * crosses a network is encrypted, for the key travels with it.
 *
 * @param text the whole address, with its path
 */
public record ServiceUrl(String text) {

  /** What an address may be. */
  public static final String EXPECTED =
      "a wss address, or a ws address on this machine (localhost, 127.0.0.1 or [::1]), without"
          + " user, query and fragment";

  private static final String DEVELOPER_HOST = "wss://generativelanguage.googleapis.com";
  private static final String DEVELOPER_PATH =
      "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
  private static final String VERTEX_PATH =
      "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent";
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  /** The developer service. */
  public static ServiceUrl developer() {
    return new ServiceUrl(DEVELOPER_HOST + DEVELOPER_PATH);
  }

  /** Google Cloud's service in a location, {@code global} or a region. */
  static ServiceUrl vertex(String location) {
    String region = location.equals("global") ? "" : location + "-";
    return new ServiceUrl("wss://" + region + "aiplatform.googleapis.com" + VERTEX_PATH);
  }

  /**
   * Reads an address; one without a path gets the developer service's.
   *
   * @throws BadValueException if it cannot be one, or would send secrets in the clear
   */
  public static ServiceUrl parse(String text) {
    URI uri = uri(text.strip());
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    boolean clear = scheme.equals("ws") && host != null && isLoopback(host);
    boolean bare =
        uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    if (host == null || !bare || uri.getPort() > 65_535 || !(clear || scheme.equals("wss"))) {
      throw new BadValueException(EXPECTED);
    }
    String path = uri.getRawPath();
    boolean pathless = path.isEmpty() || path.equals("/");
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new ServiceUrl(scheme + "://" + host + port + (pathless ? DEVELOPER_PATH : path));
  }

  /** Its host and port, for a person. */
  public String host() {
    return URI.create(text).getAuthority();
  }

  /** Whether it is on this machine. */
  public boolean isLoopback() {
    return isLoopback(String.valueOf(URI.create(text).getHost()));
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new BadValueException(EXPECTED);
    }
  }
}
