package dev.livedub.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.measure.AccessUnitIdentity;
import dev.livedub.testkit.measure.AvOffset;
import dev.livedub.testkit.measure.PacketList;
import dev.livedub.testkit.measure.SoundGaps;
import dev.livedub.testkit.measure.TimestampOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What arrived at the other end, and what must hold of it. */
final class Recording {

  /** Sound against picture in steady state, both against their source. */
  private static final double STEP_LIMIT_MILLIS = 20;

  /** A recorder joins late and ends on a whole group of pictures. */
  private static final Duration JOINING = Duration.ofSeconds(3);

  private static final long MILLI_MICROS = 1_000;

  /** Several tracks and muxers each round to a 90 kHz tick. */
  private static final long RTP_TICK_MICROS = 50;

  private final Path file;
  private final PacketList packets;

  Recording(Path file) {
    this.file = file;
    this.packets = PacketList.read(file);
  }

  /** Every picture from the first that came to the last, bit for bit, for about {@code onAir}. */
  void hasEveryPictureOf(SourceClip clip, Duration onAir) {
    PacketList source = PacketList.read(clip.file());
    AccessUnitIdentity identity =
        AccessUnitIdentity.compare(source.pictureHashes(), packets.pictureHashes());
    System.out.println(clip.look() + ": " + identity);
    assertThat(identity.isIdentical()).as(identity.toString()).isTrue();
    double pictureSeconds = clip.length().toMillis() / 1000.0 / source.pictures().size();
    assertThat(identity.outputSize() * pictureSeconds)
        .isGreaterThan(onAir.minus(JOINING).toSeconds());
  }

  /**
   * Pictures and sound can be played, and the pictures' PTS are as far apart as in the source. RTSP
   * carries no DTS, so those need only rise and not pass the PTS.
   *
   * @param roundings how often a server or a file on the way rounded to milliseconds
   */
  void hasAscendingTimestampsOf(SourceClip clip, int roundings) {
    PacketList source = PacketList.read(clip.file());
    TimestampOrder pictures = TimestampOrder.of(source.pictures(), packets.pictures(), 0);
    TimestampOrder sounds = TimestampOrder.of(packets.sounds());
    for (TimestampOrder order : List.of(pictures, sounds)) {
      assertThat(order.packets()).isPositive();
      assertThat(order.withoutTimes()).as(order.toString()).isZero();
      assertThat(order.dtsNotRising()).as(order.toString()).isZero();
      assertThat(order.ptsBeforeDts()).as(order.toString()).isZero();
    }
    assertThat(pictures.compared()).as(pictures.toString()).isPositive();
    assertThat(pictures.ptsSpreadMicros())
        .as(pictures.toString())
        .isLessThanOrEqualTo(roundings * MILLI_MICROS + RTP_TICK_MICROS);
  }

  /** Every coded sound frame from the first that came to the last, bit for bit. */
  void hasEverySoundOf(SourceClip clip) {
    AccessUnitIdentity identity =
        AccessUnitIdentity.compare(
            PacketList.read(clip.file()).soundHashes(), packets.soundHashes());
    assertThat(identity.isIdentical()).as("sound " + identity).isTrue();
  }

  /** From the first flash to the last, its beep is where it is in the source. */
  void isInStepWith(SourceClip clip) {
    double sourceMillis = AvOffset.measure(clip.file()).meanMillis();
    AvOffset output = AvOffset.measure(file);
    System.out.println(clip.layout() + ": " + output);
    assertThat(output.offsets()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(output.offsets())
        .as(output.toString())
        .allSatisfy(
            offset ->
                assertThat(Math.abs(offset.offsetMillis() - sourceMillis))
                    .isLessThanOrEqualTo(STEP_LIMIT_MILLIS));
  }

  /** Sound frame n begins at sample 1,024·n, up to the container's rounding. */
  void hasSoundWithoutHole() {
    SoundGaps gaps = SoundGaps.of(packets);
    System.out.println("sound " + gaps);
    assertThat(packets.frameSamples()).isEqualTo(1024);
    assertThat(packets.sampleRateHz()).isEqualTo(48_000);
    assertThat(gaps.isGapless()).as(gaps.toString()).isTrue();
  }
}
