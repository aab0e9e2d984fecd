package dev.livedub.cli.demo;

import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import java.nio.file.Path;
import java.util.List;

/**
 * What one connection published.
 *
 * @param file as FLV
 * @param tags as they arrived
 */
record DubbedFile(Path file, List<RtmpTag> tags) {

  DubbedFile {
    tags = List.copyOf(tags);
  }

  /** Its pictures, in decoding order. */
  List<RtmpTag> pictures() {
    return coded(TagKind.VIDEO);
  }

  /** Its frames of sound. */
  List<RtmpTag> sounds() {
    return coded(TagKind.AUDIO);
  }

  private List<RtmpTag> coded(TagKind kind) {
    return tags.stream().filter(tag -> tag.kind() == kind && tag.coded()).toList();
  }
}
