package dev.livedub.orchestrator.mediamtx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MediaMtxApiTest {

  private FakeMediaMtx server;
  private MediaMtxApi api;

  @BeforeEach
  void start() throws IOException {
    server = new FakeMediaMtx();
    api = new MediaMtxApi("http://" + server.authority());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void ingests_overSeveralPages_areThePublishedOnesOnly() throws Exception {
    server.limitPages(2);
    for (int i = 0; i < 5; i++) {
      server.publish("live/s" + i + "/in", "rtmpConn", "id-" + i, "");
    }
    server.publish("live/s0/out", "rtmpConn", "id-out", "");
    server.publish("other/s0/in", "rtmpConn", "id-other", "");
    server.publish("live/a..b/in", "rtmpConn", "id-odd", "");
    server.await("live/waiting/in");

    assertThat(api.ingests())
        .containsExactlyInAnyOrder(
            new ObservedPath("s0", "rtmpConn", "id-0"),
            new ObservedPath("s1", "rtmpConn", "id-1"),
            new ObservedPath("s2", "rtmpConn", "id-2"),
            new ObservedPath("s3", "rtmpConn", "id-3"),
            new ObservedPath("s4", "rtmpConn", "id-4"));
  }

  @Test
  void ingests_withAFillerOrAnOlderServer_areThoseOfRealPublishers() throws Exception {
    server.fill("live/filled/in");
    server.publishPlainly("live/old/in", "id-1");

    assertThat(api.ingests()).containsExactly(new ObservedPath("old", "rtmpConn", "id-1"));
  }

  @Test
  void queryOf_aPublisher_isWhatItCameWith() throws Exception {
    server.publish("live/s/in", "rtspSession", "id-1", "lang=fr&x=%20");

    assertThat(api.queryOf(new ObservedPath("s", "rtspSession", "id-1")))
        .isEqualTo("lang=fr&x=%20");
    assertThat(api.queryOf(new ObservedPath("s", "rtspSource", ""))).isEmpty();
  }

  @Test
  void ingests_withCredentialsInTheAddress_sendsAndHidesThem() throws Exception {
    MediaMtxApi guarded = new MediaMtxApi("http://ops:s3cret@" + server.authority());
    guarded.ingests();

    assertThat(server.authorizations()).containsExactly("Basic b3BzOnMzY3JldA==");
    assertThat(guarded.shownAddress()).doesNotContain("s3cret");
  }

  @Test
  void ingests_refusedOrAbsent_sayWhy() {
    server.fail(401);
    assertThatThrownBy(api::ingests).isInstanceOf(IOException.class).hasMessageContaining("401");
    server.close();
    assertThatThrownBy(api::ingests).isInstanceOf(IOException.class);
  }
}
