package dev.livedub.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.media.rtsp.RtspUrl.Login;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

  /** RFC 7616, 3.9.1. */
  private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";

  private static final String CLIENT_NONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  private static final String OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
  private static final String REALM = "realm=\"http-auth@example.org\", ";
  private static final String REST = "nonce=\"" + NONCE + "\", opaque=\"" + OPAQUE + "\"";

  private final Authentication mufasa =
      new Authentication(Optional.of(new Login("Mufasa", "Circle of Life")), () -> CLIENT_NONCE);

  private static RtspMessage unauthorized(String... challenges) throws RtspException {
    StringBuilder head = new StringBuilder("RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n");
    for (String challenge : challenges) {
      head.append("WWW-Authenticate: ").append(challenge).append("\r\n");
    }
    return RtspMessage.parseHead(head.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(String algorithm) {
    return "Digest " + REALM + "qop=\"auth, auth-int\", algorithm=" + algorithm + ", " + REST;
  }

  @Test
  void authorization_md5_isThatOfTheStandardsExample() throws RtspException {
    assertThat(mufasa.accept(unauthorized(digest("MD5")))).isTrue();

    assertThat(mufasa.authorization("GET", "/dir/index.html"))
        .hasValueSatisfying(
            value ->
                assertThat(value)
                    .startsWith("Digest username=\"Mufasa\", realm=\"http-auth@example.org\"")
                    .contains("uri=\"/dir/index.html\"", "qop=auth", "nc=00000001")
                    .contains("algorithm=MD5", "opaque=\"" + OPAQUE + "\"")
                    .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\""));
  }

  @Test
  void authorization_sha256_isThatOfTheStandardsExample() throws RtspException {
    mufasa.accept(unauthorized(digest("SHA-256")));

    assertThat(mufasa.authorization("GET", "/dir/index.html").orElse(""))
        .contains("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
  }

  /** RFC 2069, with the response that its errata give. */
  @Test
  void authorization_withoutQuality_isTheOldFormula() throws RtspException {
    Authentication old =
        new Authentication(Optional.of(new Login("Mufasa", "CircleOfLife")), () -> CLIENT_NONCE);
    old.accept(
        unauthorized(
            "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\""));

    assertThat(old.authorization("GET", "/dir/index.html").orElse(""))
        .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
        .doesNotContain("qop", "algorithm", "opaque");
  }

  @Test
  void authorization_secondRequest_countsUp() throws RtspException {
    mufasa.accept(unauthorized(digest("MD5")));
    mufasa.authorization("OPTIONS", "rtsp://h/x");

    assertThat(mufasa.authorization("DESCRIBE", "rtsp://h/x").orElse("")).contains("nc=00000002");
  }

  @Test
  void accept_severalOffered_takesTheStrongest() throws RtspException {
    mufasa.accept(unauthorized("Basic realm=\"x\"", digest("SHA-256"), digest("MD5")));

    assertThat(mufasa.authorization("GET", "/").orElse("")).contains("algorithm=SHA-256");
  }

  @Test
  void accept_unknownAlgorithmAndBasic_takesBasic() throws RtspException {
    mufasa.accept(unauthorized(digest("SHA-512-256"), "basic realm=\"x\""));

    assertThat(mufasa.authorization("GET", "/")).contains("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl");
  }

  @Test
  void accept_sameChallengeAgain_isInVainUnlessStale() throws RtspException {
    assertThat(mufasa.accept(unauthorized(digest("MD5")))).isTrue();
    assertThat(mufasa.accept(unauthorized(digest("MD5")))).isFalse();
    assertThat(mufasa.accept(unauthorized(digest("MD5") + ", stale=TRUE"))).isTrue();
  }

  @Test
  void accept_noLogin_isInVain() throws RtspException {
    Authentication nobody = new Authentication(Optional.empty(), () -> CLIENT_NONCE);

    assertThat(nobody.accept(unauthorized("Basic realm=\"x\""))).isFalse();
    assertThat(nobody.authorization("GET", "/")).isEmpty();
  }

  @Test
  void authorization_quotesInNames_areEscaped() throws RtspException {
    Authentication odd =
        new Authentication(Optional.of(new Login("a\"b\\c", "p")), () -> CLIENT_NONCE);
    odd.accept(unauthorized("Digest realm=\"with \\\"quotes\\\"\", nonce=\"n\""));

    assertThat(odd.authorization("GET", "/").orElse(""))
        .contains("username=\"a\\\"b\\\\c\"", "realm=\"with \\\"quotes\\\"\"");
  }
}
