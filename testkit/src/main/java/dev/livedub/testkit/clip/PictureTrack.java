package dev.livedub.testkit.clip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * The picture of a clip: closed GOPs, each with its SPS and PPS in front of the IDR.
 *
 * <p><b>Threading</b>: not for use by several threads.
 */
final class PictureTrack implements Track {
  private static final double IDR_WEIGHT = 4;
  private static final double P_WEIGHT = 1.4;
  private static final double B_WEIGHT = 0.7;
  private static final int NOISE_MACROBLOCK_BITS = 3_100;

  private final PictureSpec spec;
  private final long endTicks;
  private final long seed;
  private final FrameTimes times;
  private final Queue<AccessUnit> ready = new ArrayDeque<>();

  private PictureCoder coder;
  private Mosaic mosaic;
  private byte[] parameterSets;
  private boolean sizeChanged;
  private int changesMade;
  private long upcomingTicks;
  private long previousTicks;
  private double spareBits;

  PictureTrack(PictureSpec spec, long endTicks, long seed) {
    this.spec = spec;
    this.endTicks = endTicks;
    this.seed = seed;
    times = new FrameTimes(spec.rate(), spec.startMicros() * 9 / 100, seed);
    upcomingTicks = times.next();
    previousTicks = upcomingTicks - spec.rate().nominalTicks();
    parameterSets = ParameterSets.annexB(spec, spec.width(), spec.height());
    coder = newCoder(spec.width(), spec.height());
    mosaic = new Mosaic(coder.columns(), coder.rows());
  }

  @Override
  public int clockHz() {
    return FrameRate.CLOCK_HZ;
  }

  @Override
  public Optional<AccessUnit> next() {
    if (ready.isEmpty() && upcomingTicks < endTicks) {
      codeGop();
    }
    return Optional.ofNullable(ready.poll());
  }

  @Override
  public void describe(AVCodecParameters parameters) {
    parameters.codec_type(avutil.AVMEDIA_TYPE_VIDEO);
    parameters.codec_id(avcodec.AV_CODEC_ID_H264);
    parameters.codec_tag(0);
    parameters.format(avutil.AV_PIX_FMT_YUV420P);
    parameters.width(spec.width());
    parameters.height(spec.height());
    parameters.video_delay(spec.bFrames() > 0 ? 1 : 0);
    int padded = parameterSets.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
    BytePointer extradata = new BytePointer(avutil.av_mallocz(padded));
    extradata.put(parameterSets, 0, parameterSets.length);
    parameters.extradata(extradata);
    parameters.extradata_size(parameterSets.length);
  }

  @Override
  public void close() {
    ready.clear();
  }

  private void codeGop() {
    applyChange();
    List<Long> shown = new ArrayList<>();
    long limitTicks = nextChangeTicks();
    while (shown.size() < spec.gopFrames() && upcomingTicks < limitTicks) {
      shown.add(upcomingTicks);
      upcomingTicks = times.next();
    }
    double weights = 0;
    List<Integer> decoding = decodingOrder(shown.size());
    for (int order : decoding) {
      weights += weight(kind(order, shown.size()));
    }
    double bits = spec.bitRate() * (double) shown.size() / spec.rate().perSecond();
    int references = 0;
    for (int decoded = 0; decoded < decoding.size(); decoded++) {
      PictureKind kind = kind(decoding.get(decoded), shown.size());
      double shareBits = bits * weight(kind) / weights;
      byte[] payload = code(kind, references, decoding.get(decoded), shown, shareBits);
      long pts = shown.get(decoding.get(decoded));
      long dts = decoded == 0 ? previousTicks : shown.get(decoded - 1);
      queue(kind, payload, pts, spec.bFrames() == 0 ? pts : dts);
      references += kind == PictureKind.B ? 0 : 1;
    }
    previousTicks = shown.get(shown.size() - 1);
  }

  private byte[] code(
      PictureKind kind, int references, int order, List<Long> shown, double shareBits) {
    long pts = shown.get(order);
    long index = (pts % FrameRate.CLOCK_HZ) / spec.rate().nominalTicks();
    MosaicPainter.paint(mosaic, spec.rate(), pts, (int) index);
    int budgetBits = (int) Math.max(0, shareBits + spareBits);
    byte[] slice = coder.encode(kind, references & 0xFF, order, mosaic, budgetBits);
    byte[] payload = kind == PictureKind.IDR ? joined(parameterSets, slice) : slice;
    spareBits = Math.max(-4 * shareBits, shareBits + spareBits - 8.0 * payload.length);
    return payload;
  }

  private void queue(PictureKind kind, byte[] payload, long pts, long dts) {
    boolean keyframe = kind == PictureKind.IDR;
    ready.add(
        new AccessUnit(
            AccessUnit.Kind.PICTURE,
            payload,
            FrameRate.CLOCK_HZ,
            pts,
            dts,
            spec.rate().nominalTicks(),
            keyframe,
            keyframe && sizeChanged ? parameterSets : new byte[0]));
  }

  private void applyChange() {
    sizeChanged = false;
    while (changesMade < spec.changes().size()
        && upcomingTicks >= spec.changes().get(changesMade).atMicros() * 9 / 100) {
      PictureChange change = spec.changes().get(changesMade++);
      parameterSets = ParameterSets.annexB(spec, change.width(), change.height());
      coder = newCoder(change.width(), change.height());
      mosaic = new Mosaic(coder.columns(), coder.rows());
      sizeChanged = true;
    }
  }

  private long nextChangeTicks() {
    return changesMade == spec.changes().size()
        ? endTicks
        : Math.min(endTicks, spec.changes().get(changesMade).atMicros() * 9 / 100);
  }

  private PictureCoder newCoder(int width, int height) {
    double perPicture = spec.bitRate() / spec.rate().perSecond();
    int noise = (int) Math.ceil(perPicture * IDR_WEIGHT / NOISE_MACROBLOCK_BITS);
    return new PictureCoder(width, height, noise, seed + changesMade);
  }

  private PictureKind kind(int order, int size) {
    if (order == 0) {
      return PictureKind.IDR;
    }
    boolean reference = order % (spec.bFrames() + 1) == 0 || order == size - 1;
    return reference ? PictureKind.P : PictureKind.B;
  }

  private List<Integer> decodingOrder(int size) {
    List<Integer> decoding = new ArrayList<>(size);
    int reference = 0;
    for (int order = 0; order < size; order++) {
      if (kind(order, size) == PictureKind.B) {
        continue;
      }
      decoding.add(order);
      for (int between = reference + 1; between < order; between++) {
        decoding.add(between);
      }
      reference = order;
    }
    return decoding;
  }

  private static double weight(PictureKind kind) {
    return switch (kind) {
      case IDR -> IDR_WEIGHT;
      case P -> P_WEIGHT;
      case B -> B_WEIGHT;
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
