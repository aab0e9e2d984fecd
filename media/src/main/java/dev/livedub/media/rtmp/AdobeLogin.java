package dev.livedub.media.rtmp;

import dev.livedub.media.rtmp.RtmpAddress.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proves who publishes, to servers that ask in the way of Adobe's Media Server ({@code
 * authmod=adobe}).
 *
 * <p>Such a server refuses to connect and says in its description what it wants; the proof comes as
 * a query of the application, in a new connection: first the name, then the answer to a challenge.
 */
final class AdobeLogin {

  private AdobeLogin() {}

  /**
   * What to come back with.
   *
   * @param refusal the server's words
   * @return empty if they ask for nothing that can be given
   */
  static Optional<String> answer(Login login, String refusal) {
    if (!refusal.contains("authmod=adobe")) {
      return Optional.empty();
    }
    String name = "?authmod=adobe&user=" + login.user();
    if (refusal.contains("code=403 need auth")) {
      return Optional.of(name);
    }
    if (!refusal.contains("reason=needauth")) {
      return Optional.empty();
    }
    String challenge = String.format("%08x", ThreadLocalRandom.current().nextInt());
    return Optional.of(name + proof(login, refusal, challenge));
  }

  static String proof(Login login, String refusal, String challenge) {
    String opaque = value("opaque", refusal);
    String theirs = opaque.isEmpty() ? value("challenge", refusal) : opaque;
    String secret = hash(login.user() + value("salt", refusal) + login.password());
    return "&challenge="
        + challenge
        + "&response="
        + hash(secret + theirs + challenge)
        + (opaque.isEmpty() ? "" : "&opaque=" + opaque);
  }

  private static String value(String key, String refusal) {
    Matcher found = Pattern.compile("[?&]" + key + "=([^&\\s)\\]]*)").matcher(refusal);
    return found.find() ? found.group(1) : "";
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}
