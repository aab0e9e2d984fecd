package dev.livedub.testkit.mp4;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * What a player must know before the first fragment: an H.264 picture and AAC sound.
 *
 * @param avcConfiguration AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1)
 * @param width of the picture, in luma samples
 * @param height of the picture, in luma samples
 * @param sound what the sound is
 */
record StreamFormat(byte[] avcConfiguration, int width, int height, AacConfig sound) {

  static final int PICTURE_TRACK = 1;
  static final int SOUND_TRACK = 2;
  static final int PICTURE_CLOCK_HZ = 90_000;

  private static final int LAST_TRACK = 2;
  private static final int ES_DESCRIPTOR = 3;
  private static final int DECODER_CONFIG = 4;
  private static final int DECODER_SPECIFIC = 5;
  private static final int SL_CONFIG = 6;
  private static final int MPEG4_AUDIO = 0x40;
  private static final int AUDIO_STREAM = 0x15;
  private static final int[] IDENTITY = {0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000};

  /** Its MIME type with codecs as of RFC 6381, for {@code addSourceBuffer}. */
  String mimeType() {
    String profile = HexFormat.of().formatHex(Arrays.copyOfRange(avcConfiguration, 1, 4));
    return "video/mp4; codecs=\"avc1." + profile + ", mp4a.40.2\"";
  }

  /** The initialisation segment: ftyp and moov (ISO/IEC 14496-12). */
  byte[] initSegment() {
    return new Box()
        .box("ftyp", box -> box.ascii("iso6").u32(1).ascii("iso6mp41"))
        .box(
            "moov",
            moov -> {
              moov.fullBox("mvhd", 0, 0, this::movieHeader);
              moov.box("trak", this::pictureTrack);
              moov.box("trak", this::soundTrack);
              moov.box(
                  "mvex",
                  mvex -> {
                    mvex.fullBox("trex", 0, 0, box -> trackDefaults(box, PICTURE_TRACK));
                    mvex.fullBox("trex", 0, 0, box -> trackDefaults(box, SOUND_TRACK));
                  });
            })
        .bytes();
  }

  private void movieHeader(Box box) {
    box.u32(0).u32(0).u32(1_000).u32(0).u32(0x1_0000).u16(0x100).zeros(10);
    matrix(box);
    box.zeros(24).u32(LAST_TRACK + 1);
  }

  private static void trackDefaults(Box box, int track) {
    box.u32(track).u32(1).u32(0).u32(0).u32(0);
  }

  private void pictureTrack(Box trak) {
    trackHeader(trak, PICTURE_TRACK, 0, width, height);
    media(
        trak,
        PICTURE_CLOCK_HZ,
        "vide",
        minf -> minf.fullBox("vmhd", 0, 1, box -> box.zeros(8)),
        stsd -> stsd.box("avc1", this::pictureEntry));
  }

  private void soundTrack(Box trak) {
    trackHeader(trak, SOUND_TRACK, 0x100, 0, 0);
    media(
        trak,
        sound.sampleRateHz(),
        "soun",
        minf -> minf.fullBox("smhd", 0, 0, box -> box.zeros(4)),
        stsd -> stsd.box("mp4a", this::soundEntry));
  }

  private static void trackHeader(Box trak, int track, int volume, int width, int height) {
    trak.fullBox(
        "tkhd",
        0,
        7,
        box -> {
          box.u32(0).u32(0).u32(track).u32(0).u32(0).zeros(8).u16(0).u16(0).u16(volume).u16(0);
          matrix(box);
          box.u32((long) width << 16).u32((long) height << 16);
        });
  }

  private static void matrix(Box box) {
    for (int value : IDENTITY) {
      box.u32(value);
    }
  }

  private static void media(
      Box trak, int clockHz, String handler, Consumer<Box> header, Consumer<Box> entry) {
    trak.box(
        "mdia",
        mdia -> {
          mdia.fullBox(
              "mdhd", 0, 0, box -> box.u32(0).u32(0).u32(clockHz).u32(0).u16(0x55C4).u16(0));
          mdia.fullBox("hdlr", 0, 0, box -> box.u32(0).ascii(handler).zeros(13));
          mdia.box(
              "minf",
              minf -> {
                header.accept(minf);
                minf.box(
                    "dinf",
                    dinf ->
                        dinf.fullBox(
                            "dref", 0, 0, box -> box.u32(1).fullBox("url ", 0, 1, none -> {})));
                minf.box("stbl", stbl -> sampleTable(stbl, entry));
              });
        });
  }

  private static void sampleTable(Box stbl, Consumer<Box> entry) {
    stbl.fullBox(
        "stsd",
        0,
        0,
        box -> {
          box.u32(1);
          entry.accept(box);
        });
    stbl.fullBox("stts", 0, 0, box -> box.u32(0));
    stbl.fullBox("stsc", 0, 0, box -> box.u32(0));
    stbl.fullBox("stsz", 0, 0, box -> box.u32(0).u32(0));
    stbl.fullBox("stco", 0, 0, box -> box.u32(0));
  }

  private void pictureEntry(Box box) {
    box.zeros(6).u16(1).zeros(16).u16(width).u16(height).u32(0x48_0000).u32(0x48_0000).u32(0);
    box.u16(1).zeros(32).u16(0x18).u16(0xFFFF);
    box.box("avcC", inner -> inner.raw(avcConfiguration));
  }

  private void soundEntry(Box box) {
    box.zeros(6).u16(1).zeros(8).u16(sound.channels()).u16(16).zeros(4);
    box.u32((long) sound.sampleRateHz() << 16);
    box.fullBox("esds", 0, 0, this::elementaryStream);
  }

  private void elementaryStream(Box box) {
    Box specific = descriptor(DECODER_SPECIFIC, new Box().raw(sound.bytes()));
    Box config =
        descriptor(
            DECODER_CONFIG,
            new Box()
                .u8(MPEG4_AUDIO)
                .u8(AUDIO_STREAM)
                .zeros(3)
                .u32(0)
                .u32(0)
                .raw(specific.bytes()));
    Box stream =
        new Box()
            .u16(SOUND_TRACK)
            .u8(0)
            .raw(config.bytes())
            .raw(descriptor(SL_CONFIG, new Box().u8(2)).bytes());
    box.raw(descriptor(ES_DESCRIPTOR, stream).bytes());
  }

  private static Box descriptor(int tag, Box content) {
    return new Box().u8(tag).u8(content.size()).raw(content.bytes());
  }
}
