package dev.livedub.media.flv;

/**
 * What a sound stream is, apart from its samples.
 *
 * @param codec which codec
 * @param sampleRateHz 0 if unknown
 * @param channels 0 if unknown
 * @param bitRate bits per second, 0 if unknown
 */
public record SoundTrack(SoundCodec codec, int sampleRateHz, int channels, long bitRate) {

  /** Beside the codec: 44.1 kHz, 16 bits, stereo, whatever the truth is (E.4.2.1). */
  private static final int OF_AAC = 0x0F;

  /** 5.5 kHz, or whatever the codec alone knows. */
  private static final int RATE_SPECIAL = 0;

  private static final int RATE_11_KHZ = 1;
  private static final int RATE_22_KHZ = 2;
  private static final int RATE_44_KHZ = 3;
  private static final int SIXTEEN_BITS = 1 << 1;
  private static final int STEREO = 1;

  /** Bits per sample: PCM of 8 bits is the only one with fewer than 16. */
  int sampleBits() {
    return codec == SoundCodec.PCM_U8 ? 8 : 16;
  }

  /**
   * The first byte of a tag that has no extended header (E.4.2.1).
   *
   * @throws FlvException if FLV cannot tell of such a stream
   */
  int flags() throws FlvException {
    int flags = codec.id() << 4;
    if (codec == SoundCodec.AAC) {
      return flags | OF_AAC;
    }
    return flags
        | rate() << 2
        | (sampleBits() == 16 ? SIXTEEN_BITS : 0)
        | (channels > 1 ? STEREO : 0);
  }

  private int rate() throws FlvException {
    return switch (codec) {
      case PCM_ALAW, PCM_MULAW -> RATE_SPECIAL;
      case SPEEX -> rateOfSpeex();
      case MP3 ->
          sampleRateHz == 48_000
              ? RATE_44_KHZ
              : rateAmong("48000, 44100, 22050 or 11025 Hz", false);
      default -> rateAmong("44100, 22050, 16000, 11025, 8000 or 5512 Hz", true);
    };
  }

  private int rateOfSpeex() throws FlvException {
    if (sampleRateHz != 16_000 || channels != 1) {
      throw unsupported("16000 Hz and 1 channel");
    }
    return RATE_11_KHZ;
  }

  private int rateAmong(String expected, boolean special) throws FlvException {
    return switch (sampleRateHz) {
      case 44_100 -> RATE_44_KHZ;
      case 22_050 -> RATE_22_KHZ;
      case 11_025 -> RATE_11_KHZ;
      case 16_000, 8_000, 5_512 -> {
        if (!special) {
          throw unsupported(expected);
        }
        yield RATE_SPECIAL;
      }
      default -> throw unsupported(expected);
    };
  }

  private FlvException unsupported(String expected) {
    return new FlvException(
        "FLV does not carry "
            + codec
            + " with "
            + sampleRateHz
            + " Hz and "
            + channels
            + " channels, expected "
            + expected);
  }
}
