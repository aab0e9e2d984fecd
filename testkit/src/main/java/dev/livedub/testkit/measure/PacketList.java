package dev.livedub.testkit.measure;

import static dev.livedub.testkit.clip.MediaException.check;

import dev.livedub.testkit.nal.Codec;
import dev.livedub.testkit.nal.VclHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The packets of a recorded file, stream by stream, undecoded. Threading: immutable.
 *
 * @param pictures packets of the first picture stream, in the file's order
 * @param sounds packets of the first sound stream, in the file's order
 * @param pictureTickMicros what the container rounds times of the picture to
 * @param soundTickMicros likewise for the sound
 * @param sampleRateHz of the sound, 0 without sound
 * @param frameSamples samples a channel of a sound packet, 0 if that varies
 */
public record PacketList(
    List<MediaPacket> pictures,
    List<MediaPacket> sounds,
    double pictureTickMicros,
    double soundTickMicros,
    int sampleRateHz,
    int frameSamples) {

  public PacketList {
    pictures = List.copyOf(pictures);
    sounds = List.copyOf(sounds);
  }

  /** Reads a file of any container that FFmpeg knows. */
  public static PacketList read(Path file) {
    AVFormatContext context = new AVFormatContext(null);
    try (AVPacket packet = avcodec.av_packet_alloc()) {
      check(
          avformat.avformat_open_input(context, file.toString(), null, new AVDictionary(null)),
          "open " + file.getFileName());
      check(avformat.avformat_find_stream_info(context, (PointerPointer<?>) null), "probe");
      Reader pictures = reader(context, avutil.AVMEDIA_TYPE_VIDEO);
      Reader sounds = reader(context, avutil.AVMEDIA_TYPE_AUDIO);
      int result = avformat.av_read_frame(context, packet);
      while (result >= 0) {
        pictures.take(packet);
        sounds.take(packet);
        avcodec.av_packet_unref(packet);
        result = avformat.av_read_frame(context, packet);
      }
      return new PacketList(
          pictures.packets,
          sounds.packets,
          pictures.tickMicros(),
          sounds.tickMicros(),
          sounds.sampleRateHz,
          sounds.frameSamples);
    } finally {
      if (!context.isNull()) {
        avformat.avformat_close_input(context);
      }
    }
  }

  /** The hashes of the pictures, in the file's order. */
  public List<Long> pictureHashes() {
    return pictures.stream().map(MediaPacket::hash).toList();
  }

  /** The hashes of the sound packets, in the file's order. */
  public List<Long> soundHashes() {
    return sounds.stream().map(MediaPacket::hash).toList();
  }

  private static Reader reader(AVFormatContext context, int type) {
    for (int i = 0; i < context.nb_streams(); i++) {
      if (context.streams(i).codecpar().codec_type() == type) {
        return new Reader(i, context.streams(i));
      }
    }
    return new Reader();
  }

  /** Collects the packets of one stream, or of none. */
  private static final class Reader {
    private static final int NONE = -1;

    private final List<MediaPacket> packets = new ArrayList<>();
    private final int index;
    private final int codec;
    private final boolean lengthPrefixed;
    private final int numerator;
    private final int denominator;
    private final int sampleRateHz;
    private final int frameSamples;

    Reader() {
      index = NONE;
      codec = avcodec.AV_CODEC_ID_NONE;
      lengthPrefixed = false;
      numerator = 0;
      denominator = 1;
      sampleRateHz = 0;
      frameSamples = 0;
    }

    Reader(int index, AVStream stream) {
      AVCodecParameters parameters = stream.codecpar();
      AVRational timeBase = stream.time_base();
      this.index = index;
      codec = parameters.codec_id();
      // avcC and hvcC begin with their version, 1; Annex B begins with zeros.
      lengthPrefixed =
          !Pointer.isNull(parameters.extradata())
              && parameters.extradata_size() > 0
              && parameters.extradata().get(0) == 1;
      numerator = timeBase.num();
      denominator = timeBase.den();
      sampleRateHz = parameters.sample_rate();
      frameSamples =
          codec == avcodec.AV_CODEC_ID_AAC && parameters.frame_size() == 0
              ? 1_024
              : parameters.frame_size();
    }

    double tickMicros() {
      return 1e6 * numerator / denominator;
    }

    void take(AVPacket packet) {
      if (packet.stream_index() != index) {
        return;
      }
      byte[] payload = new byte[packet.size()];
      packet.data().get(payload);
      packets.add(
          new MediaPacket(
              micros(packet.pts()),
              micros(packet.dts()),
              payload.length,
              hash(payload),
              (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0));
    }

    private OptionalLong micros(long ticks) {
      return ticks == avutil.AV_NOPTS_VALUE
          ? OptionalLong.empty()
          : OptionalLong.of(Math.round(ticks * tickMicros()));
    }

    private long hash(byte[] payload) {
      if (codec == avcodec.AV_CODEC_ID_H264 || codec == avcodec.AV_CODEC_ID_HEVC) {
        Codec kind = codec == avcodec.AV_CODEC_ID_H264 ? Codec.H264 : Codec.H265;
        return lengthPrefixed
            ? VclHash.ofLengthPrefixed(kind, payload)
            : VclHash.ofAnnexB(kind, payload);
      }
      CRC32C checksum = new CRC32C();
      checksum.update(payload);
      return (long) payload.length << 32 | checksum.getValue();
    }
  }
}
