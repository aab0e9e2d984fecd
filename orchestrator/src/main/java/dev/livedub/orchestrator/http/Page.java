package dev.livedub.orchestrator.http;

import dev.livedub.orchestrator.http.server.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dashboard: one page that needs nothing but this API. Its policy lets run what is in it and
 * nothing else.
 */
final class Page {

  private static final String TYPE = "text/html; charset=utf-8";
  private static final Pattern STYLE = Pattern.compile("(?s)<style>(.*?)</style>");
  private static final Pattern SCRIPT = Pattern.compile("(?s)<script>(.*?)</script>");

  private final byte[] bytes = resource("dashboard.html");
  private final String policy;

  Page() {
    String html = new String(bytes, StandardCharsets.UTF_8);
    policy =
        "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'; img-src data:; style-src "
            + hashIn(html, STYLE)
            + "; script-src "
            + hashIn(html, SCRIPT);
  }

  /**
   * The page as an answer.
   *
   * @param status 401 where it is only there to ask for the token
   */
  Answer answer(int status) {
    return new Answer(status, TYPE, bytes).with("content-security-policy", policy);
  }

  /** A file of this package. */
  static byte[] resource(String name) {
    try (InputStream file = Page.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("this program lacks its file " + name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hashIn(String html, Pattern element) {
    Matcher found = element.matcher(html);
    if (!found.find()) {
      throw new IllegalStateException("the page has no " + element);
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(found.group(1).getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
