package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.media.rtmp.RtmpAddress.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdobeLoginTest {

  @Test
  void proof_knownChallenge_isAsTheServerComputesIt() {
    // md5("bob" + "abc=" + "hush") and md5(that, in Base64, + "q2==" + "00000001"), by openssl.
    assertThat(
            AdobeLogin.proof(
                new Login("bob", "hush"), "?salt=abc=&challenge=q1==&opaque=q2==", "00000001"))
        .isEqualTo("&challenge=00000001&response=ugdqRe7LvvGzaif6nIRyQg==&opaque=q2==");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NetConnection.Connect.Rejected (no)",
        "[ code=403 need auth; authmod=llnw ]",
        "[ authmod=adobe ] : ?reason=authfailed&opaque=q",
        "[ authmod=adobe ] : ?reason=nosuchuser"
      })
  void answer_nothingThatCanBeGiven_isNone(String refusal) {
    assertThat(AdobeLogin.answer(new Login("bob", "hush"), refusal)).isEmpty();
  }
}
