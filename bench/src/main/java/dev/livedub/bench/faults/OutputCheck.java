package dev.livedub.bench.faults;

import dev.livedub.testkit.rtmp.RtmpPublication;
import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import java.util.ArrayList;
import java.util.List;

/** Looks at what a destination received: is it one gapless timeline? */
public final class OutputCheck {

  private static final double AAC_FRAME_MILLIS = 1024 / 48.0;

  /** Sound that is late is waited for this long, then silence takes its place. */
  private static final long MOST_APART_MILLIS = 1_500;

  private OutputCheck() {}

  /** Everything wrong with publications whose sound was encoded here, in words. */
  public static List<String> complaints(List<RtmpPublication> publications) {
    return complaints(publications, true);
  }

  /** The same where sound is the source's own, which begins where it does. */
  public static List<String> complaintsOfCopy(List<RtmpPublication> publications) {
    return complaints(publications, false);
  }

  private static List<String> complaints(List<RtmpPublication> publications, boolean encoded) {
    List<String> complaints = new ArrayList<>();
    long lastMillis = -1;
    for (RtmpPublication publication : publications) {
      List<RtmpTag> pictures = coded(publication.media(TagKind.VIDEO));
      List<RtmpTag> sound = coded(publication.media(TagKind.AUDIO));
      checkPictures(publication.number(), pictures, complaints);
      checkSound(publication.number(), sound, encoded, complaints);
      checkTogether(publication.number(), pictures, sound, complaints);
      if (!pictures.isEmpty()) {
        long firstMillis = pictures.get(0).timestampMillis();
        if (firstMillis < lastMillis - 2_000) { // a new connection may repeat up to one GOP
          complaints.add("connection " + publication.number() + " starts before the last ended");
        }
        lastMillis = pictures.get(pictures.size() - 1).timestampMillis();
      }
    }
    return complaints;
  }

  static List<RtmpTag> coded(List<RtmpTag> tags) {
    return tags.stream().filter(RtmpTag::coded).toList();
  }

  private static void checkPictures(int number, List<RtmpTag> tags, List<String> complaints) {
    if (!tags.isEmpty() && !tags.get(0).keyframe()) {
      complaints.add("connection " + number + " does not start at a keyframe");
    }
    for (int i = 1; i < tags.size(); i++) {
      if (tags.get(i).timestampMillis() <= tags.get(i - 1).timestampMillis()) {
        complaints.add("DTS does not increase at " + tags.get(i).timestampMillis() + " ms");
        return;
      }
    }
  }

  /** Sound, if only silence, must go out as long as pictures do. */
  private static void checkTogether(
      int number, List<RtmpTag> pictures, List<RtmpTag> sound, List<String> complaints) {
    if (pictures.isEmpty()) {
      return;
    }
    long pictureMillis = pictures.get(pictures.size() - 1).timestampMillis();
    long soundMillis = sound.isEmpty() ? 0 : sound.get(sound.size() - 1).timestampMillis();
    if (pictureMillis - soundMillis > MOST_APART_MILLIS) {
      complaints.add(
          String.format(
              "connection %d: sound ends at %d ms, the picture at %d",
              number, soundMillis, pictureMillis));
    }
  }

  /**
   * AAC frame n must lie at sample 1024·n, to FLV's millisecond; counted from the timeline's
   * beginning if it was encoded here, from the first frame if not.
   */
  private static void checkSound(
      int number, List<RtmpTag> tags, boolean encoded, List<String> complaints) {
    if (tags.isEmpty()) {
      return;
    }
    double firstMillis = tags.get(0).timestampMillis();
    if (encoded) {
      firstMillis = Math.round(firstMillis / AAC_FRAME_MILLIS) * AAC_FRAME_MILLIS;
    }
    for (int i = 0; i < tags.size(); i++) {
      double expectedMillis = firstMillis + i * AAC_FRAME_MILLIS;
      if (Math.abs(tags.get(i).timestampMillis() - expectedMillis) > 1) {
        complaints.add(
            String.format(
                "connection %d: AAC frame %d at %d ms, expected %.1f",
                number, i, tags.get(i).timestampMillis(), expectedMillis));
        return;
      }
    }
  }
}
