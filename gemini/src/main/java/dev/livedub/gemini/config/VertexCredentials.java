package dev.livedub.gemini.config;

import com.google.auth.Retryable;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Application-default credentials of Google Cloud: a short-lived token, fetched when it is first
 * needed and again some minutes before it expires, by Google's library.
 *
 * <p><b>Threading:</b> any thread; the first to need a token fetches it, others wait for it.
 */
public final class VertexCredentials implements Credentials {

  /** Where credentials come from. */
  @FunctionalInterface
  interface Source {
    /** Finds them; may read files and ask the network. */
    GoogleCredentials load() throws IOException;
  }

  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final URI AUDIENCE = URI.create("https://aiplatform.googleapis.com/");

  private final Source source;
  private @Nullable GoogleCredentials loaded;

  /** The credentials that the environment names, or those of this machine. */
  public VertexCredentials() {
    this(GoogleCredentials::getApplicationDefault);
  }

  VertexCredentials(Source source) {
    this.source = source;
  }

  @Override
  public Map<String, Secret> headers() throws CredentialsException {
    GoogleCredentials credentials = credentials();
    try {
      Map<String, Secret> headers = new LinkedHashMap<>();
      credentials
          .getRequestMetadata(AUDIENCE)
          .forEach((name, values) -> values.forEach(each -> headers.put(name, new Secret(each))));
      return headers;
    } catch (IOException e) {
      boolean retryable = !(e instanceof Retryable said) || said.isRetryable();
      throw new CredentialsException("Google Cloud gives no token", e, retryable);
    }
  }

  private synchronized GoogleCredentials credentials() throws CredentialsException {
    GoogleCredentials found = loaded;
    if (found == null) {
      try {
        found = source.load().createScoped(SCOPE);
      } catch (IOException e) {
        throw new CredentialsException("no Google Cloud credentials on this machine", e, false);
      }
      loaded = found;
    }
    return found;
  }
}
