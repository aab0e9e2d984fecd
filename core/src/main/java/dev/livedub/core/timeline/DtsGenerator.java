package dev.livedub.core.timeline;

import java.util.Arrays;

/**
 * Makes decoding timestamps for pictures that come in decoding order with presentation timestamps
 * only, as RTP carries them.
 *
 * <p>With a reorder depth of {@code d} pictures, the DTS of picture {@code n} is the smallest of
 * the last {@code d + 1} PTS: what a decoder's output queue of {@code d} pictures (ITU-T H.264,
 * C.4.5.3 "bumping") would show at that moment. For the first {@code d} pictures it is extrapolated
 * backwards by the picture's nominal duration.
 *
 * <p>Results are strictly increasing, whatever comes in. A depth that proves too small grows.
 *
 * <p><b>Threading:</b> none; one owner.
 */
public final class DtsGenerator {

  /** Deepest reordering H.264 and H.265 allow: the size of their decoded picture buffer. */
  public static final int MAX_REORDER_DEPTH = 16;

  /** Distance kept where two results would fall together: FLV's resolution. */
  private static final long MIN_STEP_MICROS = 1_000;

  private final long nominalDurationMicros;

  /** How long before its own presentation the first picture is decoded. */
  private final long firstLeadMicros;

  private long greatestLeadMicros;
  private long[] window;
  private int filled;
  private long firstPtsMicros = MediaTimes.UNSET_MICROS;
  private long lastDtsMicros = MediaTimes.UNSET_MICROS;

  /**
   * A generator for a stream about to begin.
   *
   * @param reorderDepth pictures a decoder holds back, 0–{@link #MAX_REORDER_DEPTH}
   * @param nominalDurationMicros usual distance of two pictures, positive
   */
  public DtsGenerator(int reorderDepth, long nominalDurationMicros) {
    this(reorderDepth, nominalDurationMicros, reorderDepth * nominalDurationMicros);
  }

  private DtsGenerator(int reorderDepth, long nominalDurationMicros, long firstLeadMicros) {
    if (reorderDepth < 0 || reorderDepth > MAX_REORDER_DEPTH) {
      throw new IllegalArgumentException(
          "reorderDepth is " + reorderDepth + ", expected 0.." + MAX_REORDER_DEPTH);
    }
    if (nominalDurationMicros <= 0) {
      throw new IllegalArgumentException(
          "nominalDurationMicros is " + nominalDurationMicros + ", expected more than 0");
    }
    this.nominalDurationMicros = nominalDurationMicros;
    this.firstLeadMicros = firstLeadMicros;
    this.window = new long[reorderDepth + 1];
  }

  /**
   * A generator for the same stream after its timestamps have jumped. It may begin in the midst of
   * a group, with a picture that is shown after several that follow; so it allows for the longest
   * lead seen, lest those be decoded after they are to be shown.
   */
  public DtsGenerator restarted() {
    long leadMicros = Math.max(greatestLeadMicros, reorderDepth() * nominalDurationMicros);
    return new DtsGenerator(reorderDepth(), nominalDurationMicros, leadMicros);
  }

  /** Pictures held back, as known by now. */
  public int reorderDepth() {
    return window.length - 1;
  }

  /** The DTS of the next picture in decoding order, given its PTS; both in µs. */
  public long next(long ptsMicros) {
    if (firstPtsMicros == MediaTimes.UNSET_MICROS) {
      firstPtsMicros = ptsMicros;
    }
    long dtsMicros = filled < reorderDepth() ? extrapolate(ptsMicros) : bump(ptsMicros);
    if (lastDtsMicros != MediaTimes.UNSET_MICROS && dtsMicros <= lastDtsMicros) {
      dtsMicros = lastDtsMicros + MIN_STEP_MICROS;
    }
    if (dtsMicros > ptsMicros && reorderDepth() < MAX_REORDER_DEPTH) {
      deepen(ptsMicros);
    }
    lastDtsMicros = dtsMicros;
    greatestLeadMicros = Math.max(greatestLeadMicros, ptsMicros - dtsMicros);
    return dtsMicros;
  }

  private long extrapolate(long ptsMicros) {
    long dtsMicros = firstPtsMicros - firstLeadMicros + filled * nominalDurationMicros;
    window[filled++] = ptsMicros;
    return dtsMicros;
  }

  private long bump(long ptsMicros) {
    window[reorderDepth()] = ptsMicros;
    filled = reorderDepth();
    Arrays.sort(window);
    long smallest = window[0];
    System.arraycopy(window, 1, window, 0, reorderDepth());
    return smallest;
  }

  /** One picture more is held back from now on; the window takes the late one as already shown. */
  private void deepen(long ptsMicros) {
    long[] deeper = new long[window.length + 1];
    System.arraycopy(window, 0, deeper, 1, window.length);
    deeper[0] = ptsMicros;
    filled++;
    window = deeper;
  }
}
