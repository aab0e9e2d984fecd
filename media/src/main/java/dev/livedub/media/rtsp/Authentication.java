package dev.livedub.media.rtsp;

import dev.livedub.media.rtsp.RtspUrl.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers a server's challenges (RFC 7617, Basic; RFC 7616, Digest with MD5 or SHA-256) and chooses
 * the strongest of several.
 *
 * <p><b>Threading:</b> one owner.
 */
final class Authentication {

  private static final Pattern PARAMETER =
      Pattern.compile("([\\w-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,]+))");

  private final Optional<Login> login;
  private final Supplier<String> clientNonces;
  private @Nullable Challenge challenge;
  private int nonceCount;

  private enum Scheme {
    BASIC(""),
    DIGEST_MD5("MD5"),
    DIGEST_SHA256("SHA-256");

    private final String hash;

    Scheme(String hash) {
      this.hash = hash;
    }
  }

  private record Challenge(Scheme scheme, Map<String, String> parameters) {
    String parameter(String name) {
      return parameters.getOrDefault(name, "");
    }
  }

  /**
   * Nothing to answer with, or a login.
   *
   * @param clientNonces gives a fresh random text at each call
   */
  Authentication(Optional<Login> login, Supplier<String> clientNonces) {
    this.login = login;
    this.clientNonces = clientNonces;
  }

  /** Takes up an answer of status 401; false if asking again would be in vain. */
  boolean accept(RtspMessage answer) {
    Optional<Challenge> strongest =
        answer.headers("WWW-Authenticate").stream()
            .flatMap(value -> parse(value).stream())
            .max(Comparator.comparing(Challenge::scheme));
    if (login.isEmpty() || strongest.isEmpty()) {
      return false;
    }
    Challenge before = challenge;
    challenge = strongest.get();
    nonceCount = 0;
    boolean stale = challenge.parameter("stale").equalsIgnoreCase("true");
    return before == null || stale;
  }

  private static Optional<Challenge> parse(String value) {
    String[] words = value.strip().split("\\s+", 2);
    Map<String, String> parameters = new HashMap<>();
    Matcher found = PARAMETER.matcher(words.length > 1 ? words[1] : "");
    while (found.find()) {
      String quoted = found.group(2);
      parameters.putIfAbsent(
          found.group(1).toLowerCase(Locale.ROOT),
          quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : found.group(3));
    }
    return scheme(words[0], parameters).map(scheme -> new Challenge(scheme, parameters));
  }

  private static Optional<Scheme> scheme(String name, Map<String, String> parameters) {
    if (name.equalsIgnoreCase("Basic")) {
      return Optional.of(Scheme.BASIC);
    }
    if (!name.equalsIgnoreCase("Digest")) {
      return Optional.empty();
    }
    return switch (parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT)) {
      case "MD5" -> Optional.of(Scheme.DIGEST_MD5);
      case "SHA-256" -> Optional.of(Scheme.DIGEST_SHA256);
      default -> Optional.empty();
    };
  }

  /** The value of the Authorization header for a request; empty if none is called for. */
  Optional<String> authorization(String method, String uri) {
    Challenge current = challenge;
    if (current == null || login.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        current.scheme() == Scheme.BASIC
            ? basic(login.get())
            : digest(current, login.get(), method, uri));
  }

  private static String basic(Login login) {
    String both = login.user() + ":" + login.password();
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private String digest(Challenge current, Login login, String method, String uri) {
    String hash = current.scheme().hash;
    String realm = current.parameter("realm");
    String nonce = current.parameter("nonce");
    String secret = hash(hash, login.user() + ":" + realm + ":" + login.password());
    String request = hash(hash, method + ":" + uri);
    StringBuilder value = new StringBuilder("Digest username=").append(quoted(login.user()));
    value.append(", realm=").append(quoted(realm)).append(", nonce=").append(quoted(nonce));
    value.append(", uri=").append(quoted(uri));
    if (offersAuth(current.parameter("qop"))) {
      String count = String.format(Locale.ROOT, "%08x", ++nonceCount);
      String clientNonce = clientNonces.get();
      String middle = nonce + ":" + count + ":" + clientNonce + ":auth";
      value.append(", response=").append(quoted(hash(hash, secret + ":" + middle + ":" + request)));
      value.append(", qop=auth, nc=").append(count).append(", cnonce=").append(quoted(clientNonce));
    } else {
      value.append(", response=").append(quoted(hash(hash, secret + ":" + nonce + ":" + request)));
    }
    if (!current.parameter("algorithm").isEmpty()) {
      value.append(", algorithm=").append(hash);
    }
    if (!current.parameter("opaque").isEmpty()) {
      value.append(", opaque=").append(quoted(current.parameter("opaque")));
    }
    return value.toString();
  }

  private static boolean offersAuth(String qualities) {
    return Pattern.compile("\\s*,\\s*").splitAsStream(qualities).anyMatch("auth"::equals);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String hash(String algorithm, String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
