package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;

import java.util.Arrays;

/**
 * What a sound stream is, apart from its samples. Immutable.
 *
 * @param codecId FFmpeg's number for the codec
 * @param codecName its short name, for people
 * @param configuration codec configuration such as AAC's AudioSpecificConfig; may be empty
 * @param sampleRateHz 0 if only the packets tell
 * @param channels 0 if only the packets tell
 * @param frameSamples samples per packet and channel, 0 if it varies
 * @param bitRate bits per second, 0 if unknown
 */
@SuppressWarnings("ArrayRecordComponent") // never changed; compared by content below
public record SoundFormat(
    int codecId,
    String codecName,
    byte[] configuration,
    int sampleRateHz,
    int channels,
    int profile,
    int frameSamples,
    long bitRate)
    implements StreamFormat {

  /** How long a packet lasts, µs; 0 if it varies or is not known. */
  public long packetMicros() {
    int samples = frameSamples > 0 ? frameSamples : codecId == AV_CODEC_ID_AAC ? 1024 : 0;
    return sampleRateHz > 0 ? samples * 1_000_000L / sampleRateHz : 0;
  }

  @Override
  public boolean isSameCodecAs(StreamFormat other) {
    return other instanceof SoundFormat that
        && codecId == that.codecId
        && sampleRateHz == that.sampleRateHz
        && channels == that.channels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoundFormat that
        && codecId == that.codecId
        && sampleRateHz == that.sampleRateHz
        && channels == that.channels
        && Arrays.equals(configuration, that.configuration);
  }

  @Override
  public int hashCode() {
    return 31 * codecId + Arrays.hashCode(configuration);
  }

  @Override
  public String toString() {
    return codecName + " " + sampleRateHz + " Hz, " + channels + " channels";
  }
}
