package dev.livedub.media.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.media.rtmp.RtmpAddress.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RtmpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "rtmp://h/live/demo/out, live/demo, out",
    "rtmp://h/live/key, live, key",
    "rtmp://h/app/inst/a/b/key, app/inst, a/b/key",
    "rtmp://h/key, '', key",
    "rtmp://h/live/, live, ''",
    "rtmp://h, '', ''",
    "rtmp://h/live/key?user=u&pass=p, live, key?user=u&pass=p",
    "rtmp://h/live/demo/out?sig=a/b:c==, live/demo, out?sig=a/b:c==",
    "rtmp://h/live/key?sig=a/b/c, live, key?sig=a/b/c",
    "rtmp://h/app/mp4:dir/file, app, mp4:dir/file",
    "rtmp://h/ondemand/a/b, ondemand, a/b",
    "rtmp://h/a/b?slist=name&x=y, a/b, name",
    "rtmp://h/a/film.mp4, a, mp4:film.mp4",
    "rtmp://h/a/film.flv, a, film"
  })
  void of_path_isSplitAsFfmpegDoes(String url, String app, String playPath) {
    RtmpAddress address = RtmpAddress.of(url);

    assertThat(address.app()).isEqualTo(app);
    assertThat(address.playPath()).isEqualTo(playPath);
  }

  @ParameterizedTest
  @CsvSource({
    "rtmp://host/live/x, false, host, 1935, rtmp://host:1935/live",
    "RTMPS://host/live/x, true, host, 443, rtmps://host:443/live",
    "rtmps://host:1936/live/x, true, host, 1936, rtmps://host:1936/live",
    "rtmp://[::1]/live/x, false, ::1, 1935, rtmp://[::1]:1935/live",
    "rtmp://[fe80::1%eth0]:19/live/x, false, fe80::1%eth0, 19, rtmp://[fe80::1%eth0]:19/live",
    "rtmp://u:p@[::1]:19/a/x, false, ::1, 19, rtmp://[::1]:19/a",
    "rtmp://host:/live/x, false, host, 1935, rtmp://host:1935/live"
  })
  void of_place_isFound(String url, boolean tls, String host, int port, String tcUrl) {
    RtmpAddress address = RtmpAddress.of(url);

    assertThat(address.tls()).isEqualTo(tls);
    assertThat(address.host()).isEqualTo(host);
    assertThat(address.port()).isEqualTo(port);
    assertThat(address.tcUrl()).isEqualTo(tcUrl);
  }

  @Test
  void of_userInfo_isTheLogin() {
    assertThat(RtmpAddress.of("rtmp://bob:a@b:c@h/live/x").login())
        .contains(new Login("bob", "a@b:c"));
    assertThat(RtmpAddress.of("rtmp://bob@h/live/x").login()).isEmpty();
    assertThat(RtmpAddress.of("rtmp://h/live/x?mail=a:b@c").login()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rtmp:///live/x", "rtmp://h:0/live/x", "rtmp://h:65536/l/x", "rtmp://h:x/"})
  void of_noPlace_isRefused(String url) {
    assertThatThrownBy(() -> RtmpAddress.of(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toString_address_hidesNameAndLogin() {
    assertThat(RtmpAddress.of("rtmp://bob:hush@h/live/secret?key=x").toString())
        .isEqualTo("rtmp://h:1935/live");
  }
}
