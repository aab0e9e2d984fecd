package dev.livedub.testkit.mp4;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts pictures and sound together to fragments of about 0.4 s (ISO/IEC 14496-12, 8.8). A keyframe
 * begins a fragment. Frames of sound that are less than 20 ms from where the one before ended
 * follow it without a gap: times in milliseconds would make one click after the other.
 *
 * <p><b>Threading:</b> not for use by several threads.
 */
final class Fragmenter {

  private static final long LENGTH_MICROS = 400_000;
  private static final long SOUND_ALONE_MICROS = 1_000_000;

  /** A fiftieth of a second. */
  private static final int FOLLOWS_SHARE = 50;

  private static final int AAC_SAMPLES = 1_024;
  private static final long USUAL_PICTURE_TICKS = 3_600;
  private static final long LONGEST_PICTURE_MICROS = 1_000_000;

  private static final int SYNC = 0x0200_0000;
  private static final int NON_SYNC = 0x0101_0000;
  private static final int BASE_IS_MOOF = 0x02_0000;
  private static final int PICTURE_FIELDS = 0x1 | 0x100 | 0x200 | 0x400 | 0x800;
  private static final int SOUND_FIELDS = 0x1 | 0x100 | 0x200;

  private final FragmentListener listener;
  private final List<Picture> pictures = new ArrayList<>();
  private final List<byte[]> sounds = new ArrayList<>();
  private int sampleRateHz;
  private long soundStartSamples;
  private long nextSoundSamples = Long.MAX_VALUE / 2;
  private long sequence;

  private record Picture(long dtsMicros, long compositionMicros, boolean keyframe, byte[] data) {}

  Fragmenter(FragmentListener listener) {
    this.listener = listener;
  }

  /** Another format; what waits is let go first. */
  void format(StreamFormat format) {
    flush(0);
    sampleRateHz = format.sound().sampleRateHz();
    listener.format(format.mimeType(), format.initSegment());
  }

  /**
   * The next picture in decoding order.
   *
   * @param data NAL units, each with its length before it
   */
  void picture(long dtsMicros, long compositionMicros, boolean keyframe, byte[] data) {
    if (!pictures.isEmpty()) {
      long lengthMicros = dtsMicros - pictures.get(0).dtsMicros();
      if (keyframe || lengthMicros >= LENGTH_MICROS || lengthMicros < 0) {
        flush(dtsMicros);
      }
    }
    pictures.add(new Picture(dtsMicros, compositionMicros, keyframe, data));
  }

  /** The next frame of sound. */
  void sound(long ptsMicros, byte[] data) {
    long samples = Math.round(ptsMicros * (sampleRateHz / 1e6));
    if (Math.abs(samples - nextSoundSamples) > sampleRateHz / FOLLOWS_SHARE) {
      flush(0);
      nextSoundSamples = samples;
    }
    if (sounds.isEmpty()) {
      soundStartSamples = nextSoundSamples;
    }
    sounds.add(data);
    nextSoundSamples += AAC_SAMPLES;
    long heldMicros = (long) sounds.size() * AAC_SAMPLES * 1_000_000 / sampleRateHz;
    if (heldMicros > SOUND_ALONE_MICROS) {
      flush(0);
    }
  }

  /**
   * Lets go what waits.
   *
   * @param nextMicros when the next picture is decoded; 0 if that is not known
   */
  private void flush(long nextMicros) {
    if (pictures.isEmpty() && sounds.isEmpty()) {
      return;
    }
    long startMicros =
        pictures.isEmpty()
            ? soundStartSamples * 1_000_000 / sampleRateHz
            : pictures.get(0).dtsMicros();
    boolean begins = !pictures.isEmpty() && pictures.get(0).keyframe();
    byte[] bytes = bytes(nextMicros);
    pictures.clear();
    sounds.clear();
    listener.fragment(new Fragment(bytes, startMicros, begins));
  }

  private byte[] bytes(long nextMicros) {
    sequence++;
    int moofBytes = moof(nextMicros, 0).size();
    Box fragment = moof(nextMicros, moofBytes + 8);
    return fragment
        .box(
            "mdat",
            mdat -> {
              pictures.forEach(picture -> mdat.raw(picture.data()));
              sounds.forEach(mdat::raw);
            })
        .bytes();
  }

  private Box moof(long nextMicros, int dataOffset) {
    return new Box()
        .box(
            "moof",
            moof -> {
              moof.fullBox("mfhd", 0, 0, box -> box.u32(sequence));
              if (!pictures.isEmpty()) {
                moof.box("traf", traf -> pictureRun(traf, nextMicros, dataOffset));
              }
              if (!sounds.isEmpty()) {
                int pictureBytes = pictures.stream().mapToInt(each -> each.data().length).sum();
                moof.box("traf", traf -> soundRun(traf, dataOffset + pictureBytes));
              }
            });
  }

  private void pictureRun(Box traf, long nextMicros, int dataOffset) {
    header(traf, StreamFormat.PICTURE_TRACK, ticks(pictures.get(0).dtsMicros()));
    traf.fullBox(
        "trun",
        1,
        PICTURE_FIELDS,
        box -> {
          box.u32(pictures.size()).u32(dataOffset);
          for (int i = 0; i < pictures.size(); i++) {
            Picture picture = pictures.get(i);
            long endMicros = i + 1 < pictures.size() ? pictures.get(i + 1).dtsMicros() : nextMicros;
            box.u32(lengthTicks(picture.dtsMicros(), endMicros))
                .u32(picture.data().length)
                .u32(picture.keyframe() ? SYNC : NON_SYNC)
                .u32(ticks(picture.compositionMicros()));
          }
        });
  }

  private void soundRun(Box traf, int dataOffset) {
    header(traf, StreamFormat.SOUND_TRACK, soundStartSamples);
    traf.fullBox(
        "trun",
        1,
        SOUND_FIELDS,
        box -> {
          box.u32(sounds.size()).u32(dataOffset);
          sounds.forEach(frame -> box.u32(AAC_SAMPLES).u32(frame.length));
        });
  }

  private static void header(Box traf, int track, long decodeTime) {
    traf.fullBox("tfhd", 0, BASE_IS_MOOF, box -> box.u32(track));
    traf.fullBox("tfdt", 1, 0, box -> box.u64(decodeTime));
  }

  /** A picture stands until the next one, unless that is far away: then the source was. */
  private static long lengthTicks(long dtsMicros, long endMicros) {
    boolean known = endMicros > dtsMicros && endMicros - dtsMicros < LONGEST_PICTURE_MICROS;
    return known ? ticks(endMicros) - ticks(dtsMicros) : USUAL_PICTURE_TICKS;
  }

  private static long ticks(long micros) {
    return micros * 9 / 100;
  }
}
