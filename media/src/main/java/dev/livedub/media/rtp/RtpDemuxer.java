package dev.livedub.media.rtp;

import dev.livedub.core.timeline.MediaTimes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes access units of the RTP packets of a session, told by its description what they are: H.264,
 * H.265, AAC and Opus.
 *
 * <p>It is handed what a demuxer of FFmpeg's would be handed: packets of track {@code i} bear the
 * source number {@code i + 1}, and a sender report goes ahead of each track's first. Packets of
 * other tracks, and those that are malformed, are passed over.
 *
 * <p><b>Threading:</b> one owner.
 */
public final class RtpDemuxer {

  private static final int HEAD_BYTES = 12;
  private static final int VERSION_BITS = 0xC0;
  private static final int VERSION_2 = 0x80;
  private static final int PADDED = 0x20;
  private static final int EXTENDED = 0x10;
  private static final int SENDER_REPORT = 200;
  private static final int REPORT_BYTES = 20;

  private static final String H264 = "H264";
  private static final String H265 = "H265";
  private static final Set<String> PICTURES = Set.of(H264, H265);

  private final @Nullable Track[] tracks;

  /** What is known of a track. */
  private static final class Track {
    private final TrackClock clock;
    private final Unpacker unpacker;
    private final boolean picture;
    private boolean begun;
    private int lastSequence;

    Track(TrackClock clock, Unpacker unpacker, boolean picture) {
      this.clock = clock;
      this.unpacker = unpacker;
      this.picture = picture;
    }

    void accept(ByteBuffer buffer, int at, int end) {
      int sequence = buffer.getShort(at + 2) & 0xFFFF;
      boolean afterGap = begun && ((lastSequence + 1) & 0xFFFF) != sequence;
      begun = true;
      lastSequence = sequence;
      int head = buffer.get(at);
      int payloadAt = at + HEAD_BYTES + 4 * (head & 0x0F);
      if ((head & EXTENDED) != 0) {
        payloadAt += end - payloadAt < 4 ? 4 : 4 + 4 * (buffer.getShort(payloadAt + 2) & 0xFFFF);
      }
      int payloadEnd = (head & PADDED) != 0 ? end - (buffer.get(end - 1) & 0xFF) : end;
      if (payloadAt <= payloadEnd) {
        boolean marker = buffer.get(at + 1) < 0;
        int rtpTime = buffer.getInt(at + 4);
        unpacker.accept(buffer, payloadAt, payloadEnd - payloadAt, marker, rtpTime, afterGap);
      }
    }
  }

  /** A demuxer for a session that is described so (RFC 4566). */
  public RtpDemuxer(String description, AccessUnitSink sink) {
    List<PayloadFormat> formats = PayloadFormat.all(description);
    tracks = new @Nullable Track[formats.size()];
    for (int i = 0; i < tracks.length; i++) {
      tracks[i] = track(i, formats.get(i), sink).orElse(null);
    }
  }

  private static Optional<Track> track(int index, PayloadFormat format, AccessUnitSink sink) {
    TrackClock clock = new TrackClock(format.clockRateHz());
    Unpacker.Output output =
        (bytes, sizeBytes, keyframe, hasTime, rtpTime, durationMicros) ->
            sink.accept(
                index,
                bytes,
                sizeBytes,
                keyframe,
                hasTime && clock.isSet() ? clock.micros(rtpTime) : MediaTimes.UNSET_MICROS,
                durationMicros);
    return Optional.ofNullable(unpacker(format, output))
        .map(unpacker -> new Track(clock, unpacker, PICTURES.contains(format.encoding())));
  }

  private static @Nullable Unpacker unpacker(PayloadFormat format, Unpacker.Output output) {
    if (format.clockRateHz() == 0) {
      return null;
    }
    return switch (format.encoding()) {
      case H264 -> pictures(NalRules.H264, format, output);
      case H265 -> pictures(NalRules.H265, format, output);
      case "MPEG4-GENERIC" -> AacUnpacker.reads(format) ? new AacUnpacker(format, output) : null;
      case "OPUS" -> OpusUnpacker.reads(format) ? new OpusUnpacker(output) : null;
      default -> null;
    };
  }

  private static @Nullable Unpacker pictures(
      NalRules rules, PayloadFormat format, Unpacker.Output output) {
    return rules.reads(format) ? new PictureUnpacker(rules, output) : null;
  }

  /** Whether it makes access units of that track's packets. */
  public boolean reads(int track) {
    return tracks[track] != null;
  }

  /** Whether a track is one of pictures that it reads. */
  public boolean isPicture(int track) {
    Track described = tracks[track];
    return described != null && described.picture;
  }

  /** Leaves out all tracks but those from now on. */
  public void keep(Set<Integer> kept) {
    for (int i = 0; i < tracks.length; i++) {
      if (!kept.contains(i)) {
        tracks[i] = null;
      }
    }
  }

  /**
   * Takes one RTP packet, or a sender report.
   *
   * @param buffer in network byte order, borrowed during the call
   */
  public void accept(ByteBuffer buffer, int at, int sizeBytes) {
    if (sizeBytes < HEAD_BYTES || (buffer.get(at) & VERSION_BITS) != VERSION_2) {
      return;
    }
    boolean report = (buffer.get(at + 1) & 0xFF) == SENDER_REPORT;
    Track track = ofSource(buffer.getInt(report ? at + 4 : at + 8));
    if (track == null) {
      return;
    }
    if (!report) {
      track.accept(buffer, at, at + sizeBytes);
    } else if (sizeBytes >= REPORT_BYTES) {
      track.clock.report(buffer.getLong(at + 8), buffer.getInt(at + 16));
    }
  }

  private @Nullable Track ofSource(int source) {
    return source >= 1 && source <= tracks.length ? tracks[source - 1] : null;
  }

  /** Says that nothing more will come: pictures that wait for the next are given out. */
  public void finish() {
    for (Track track : tracks) {
      if (track != null) {
        track.unpacker.finish();
      }
    }
  }
}
