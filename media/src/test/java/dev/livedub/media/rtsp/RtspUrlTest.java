package dev.livedub.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.media.rtsp.RtspException.Reason;
import dev.livedub.media.rtsp.RtspUrl.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspUrlTest {

  @ParameterizedTest
  @CsvSource({
    "rtsp://host/live/x,                 host,      554,  rtsp://host/live/x",
    "RTSP://host:8554/live/x?a=b#frag,   host,      8554, rtsp://host:8554/live/x?a=b",
    "rtsps://host/x,                     host,      322,  rtsps://host/x",
    "rtsp://[::1]/x,                     ::1,       554,  rtsp://[::1]/x",
    "rtsp://[fe80::1%eth0]:99/x,         fe80::1%eth0, 99, rtsp://[fe80::1%eth0]:99/x",
    "rtsp://host,                        host,      554,  rtsp://host",
    "rtsp://host:/x,                     host,      554,  rtsp://host:/x",
    "rtsp://u:p@host/x,                  host,      554,  rtsp://host/x",
    "rtsp://u:p@q@host?x,                host,      554,  rtsp://host?x",
  })
  void parse_anyForm_isTakenApart(String text, String host, int port, String requestUri)
      throws RtspException {
    RtspUrl url = RtspUrl.parse(text);

    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
    assertThat(url.requestUri()).isEqualTo(requestUri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host/x",
        "rtsp://",
        "rtsp:///x",
        "rtsp://host:0/x",
        "rtsp://host:70000/x",
        "rtsp://host:8a/x",
        "rtsp://[::1/x",
        "rtsp://a b/x",
        "rtsp://host/x\r\nEvil: 1",
      })
  void parse_noAddress_isRefused(String text) {
    assertThatThrownBy(() -> RtspUrl.parse(text))
        .isInstanceOfSatisfying(
            RtspException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_ADDRESS));
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://u:p@h/x,           u,    p",
    "rtsp://u@h/x,             u,    ''",
    "rtsp://a%40b:c%2Fd%3a@h/x, a@b,  c/d:",
    "rtsp://u:a+b%zz%4@h/x,    u,    a+b%zz%4",
    "rtsp://%C3%BC:p:q@h/x,    ü,    p:q",
  })
  void parse_userInfo_isDecoded(String text, String user, String password) throws RtspException {
    assertThat(RtspUrl.parse(text).login()).contains(new Login(user, password));
  }

  @Test
  void login_shown_doesNotGiveItselfAway() {
    assertThat(new Login("someone", "secret").toString()).doesNotContain("secret", "someone");
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://h/a/,     trackID=0,        rtsp://h/a/trackID=0",
    "rtsp://h/a,      trackID=0,        rtsp://h/a/trackID=0",
    "rtsp://h/a?q=1,  trackID=0,        rtsp://h/a?q=1/trackID=0",
    "rtsp://h/a/,     rtsp://o/b/t1,    rtsp://o/b/t1",
    "rtsp://h:1/a/b,  /c/t1,            rtsp://h:1/c/t1",
    "rtsp://h/a/,     *,                rtsp://h/a/",
    "rtsp://h/a/,     '',               rtsp://h/a/",
  })
  void control_anyForm_isResolved(String base, String control, String expected) {
    assertThat(RtspUrl.control(base, control)).isEqualTo(expected);
  }

  @Test
  void redirectedTo_samePlace_keepsTheLogin() throws RtspException {
    RtspUrl url = RtspUrl.parse("rtsp://u:p@host/a");

    assertThat(url.redirectedTo("rtsp://HOST:554/b").login()).isPresent();
    assertThat(url.redirectedTo("/b").requestUri()).isEqualTo("rtsp://host/b");
  }

  @Test
  void redirectedTo_anotherPlace_isNotToldTheLogin() throws RtspException {
    RtspUrl url = RtspUrl.parse("rtsp://u:p@host/a");

    assertThat(url.redirectedTo("rtsp://other/a").login()).isEmpty();
    assertThat(url.redirectedTo("rtsp://host:8554/a").login()).isEmpty();
    assertThat(url.redirectedTo("rtsp://v:q@other/a").login()).contains(new Login("v", "q"));
  }

  @Test
  void redirectedTo_fromTlsToNone_isRefused() throws RtspException {
    RtspUrl url = RtspUrl.parse("rtsps://host/a");

    assertThatThrownBy(() -> url.redirectedTo("rtsp://host/a")).isInstanceOf(RtspException.class);
  }
}
