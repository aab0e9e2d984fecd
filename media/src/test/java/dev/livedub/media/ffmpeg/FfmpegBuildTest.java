package dev.livedub.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FfmpegBuildTest {

  @Test
  void inspect_ofTheBuildThatComesWithLivedub_missesNothing() {
    FfmpegBuild build = FfmpegBuild.inspect();
    assertThat(build.missing()).isEmpty();
    assertThat(build.version()).matches("\\d+\\.\\d+.*");
    assertThat(build.libraries())
        .hasSize(4)
        .allSatisfy(library -> assertThat(library).matches("[a-z]+ \\d+\\.\\d+\\.\\d+"));
  }

  @Test
  void need_ofNamesThatAreNotThere_notesThem() {
    List<String> missing = new ArrayList<>();
    FfmpegBuild.need(missing, "decoder", List.of("a|b", "c|d"), "b"::equals);
    assertThat(missing).containsExactly("decoder c|d");
  }
}
