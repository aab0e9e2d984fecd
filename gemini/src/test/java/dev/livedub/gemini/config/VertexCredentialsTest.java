package dev.livedub.gemini.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VertexCredentialsTest {

  /** Gives tokens that live as long as it is told. */
  private static final class Mint extends GoogleCredentials {
    private static final long serialVersionUID = 1;
    private final AtomicInteger minted = new AtomicInteger();
    private final long secondsToLive;

    Mint(long secondsToLive) {
      this.secondsToLive = secondsToLive;
    }

    @Override
    public AccessToken refreshAccessToken() {
      return new AccessToken(
          "token-" + minted.incrementAndGet(), Date.from(Instant.now().plusSeconds(secondsToLive)));
    }
  }

  @Test
  void headers_freshToken_isKept() throws CredentialsException {
    VertexCredentials credentials = new VertexCredentials(() -> new Mint(3_600));
    assertThat(bearer(credentials)).isEqualTo("Bearer token-1");
    assertThat(bearer(credentials)).isEqualTo("Bearer token-1");
  }

  @Test
  void headers_tokenAboutToExpire_isFetchedAgain() throws CredentialsException {
    VertexCredentials credentials = new VertexCredentials(() -> new Mint(60));
    assertThat(bearer(credentials)).isEqualTo("Bearer token-1");
    assertThat(bearer(credentials)).isEqualTo("Bearer token-2");
  }

  @Test
  void headers_noCredentials_failsForGood() {
    VertexCredentials credentials =
        new VertexCredentials(
            () -> {
              throw new IOException("not found");
            });
    CredentialsException refusal =
        catchThrowableOfType(CredentialsException.class, credentials::headers);
    assertThat(refusal.isRetryable()).isFalse();
    assertThat(refusal).hasMessageContaining("no Google Cloud credentials");
  }

  @Test
  void headers_networkFails_mayBeTriedAgain() {
    VertexCredentials credentials =
        new VertexCredentials(
            () ->
                new GoogleCredentials() {
                  private static final long serialVersionUID = 1;

                  @Override
                  public AccessToken refreshAccessToken() throws IOException {
                    throw new IOException("no route");
                  }
                });
    CredentialsException refusal =
        catchThrowableOfType(CredentialsException.class, credentials::headers);
    assertThat(refusal.isRetryable()).isTrue();
  }

  private static String bearer(VertexCredentials credentials) throws CredentialsException {
    return Objects.requireNonNull(credentials.headers().get("Authorization")).reveal();
  }
}
