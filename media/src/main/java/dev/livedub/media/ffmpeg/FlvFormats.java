package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AC3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_EAC3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FLAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_ALAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_MULAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16BE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_U8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_SPEEX;

import dev.livedub.media.flv.PictureCodec;
import dev.livedub.media.flv.SoundCodec;
import dev.livedub.media.flv.SoundTrack;
import java.util.Map;
import java.util.Optional;

/** Translates this program's formats to FLV's. */
final class FlvFormats {

  private static final Map<Integer, SoundCodec> SOUND =
      Map.ofEntries(
          Map.entry(AV_CODEC_ID_AAC, SoundCodec.AAC),
          Map.entry(AV_CODEC_ID_MP3, SoundCodec.MP3),
          Map.entry(AV_CODEC_ID_PCM_U8, SoundCodec.PCM_U8),
          Map.entry(AV_CODEC_ID_PCM_S16BE, SoundCodec.PCM_S16BE),
          Map.entry(AV_CODEC_ID_PCM_S16LE, SoundCodec.PCM_S16LE),
          Map.entry(AV_CODEC_ID_PCM_ALAW, SoundCodec.PCM_ALAW),
          Map.entry(AV_CODEC_ID_PCM_MULAW, SoundCodec.PCM_MULAW),
          Map.entry(AV_CODEC_ID_SPEEX, SoundCodec.SPEEX),
          Map.entry(AV_CODEC_ID_OPUS, SoundCodec.OPUS),
          Map.entry(AV_CODEC_ID_FLAC, SoundCodec.FLAC),
          Map.entry(AV_CODEC_ID_AC3, SoundCodec.AC3),
          Map.entry(AV_CODEC_ID_EAC3, SoundCodec.EAC3));

  private FlvFormats() {}

  static PictureCodec codec(PictureFormat format) {
    return format.codec() == PictureFormat.Codec.H264 ? PictureCodec.H264 : PictureCodec.H265;
  }

  /** Empty if FLV has no place for the codec. */
  static Optional<SoundTrack> track(SoundFormat format) {
    return Optional.ofNullable(SOUND.get(format.codecId()))
        .map(
            codec ->
                new SoundTrack(codec, format.sampleRateHz(), format.channels(), format.bitRate()));
  }
}
