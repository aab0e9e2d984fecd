package dev.livedub.core.dub;

import java.util.Arrays;

/**
 * Mono sound on a window of the output timeline that moves forward; silence costs no memory.
 *
 * <p><b>Threading:</b> none; its owner locks.
 */
final class PagedSound {

  static final int PAGE_SAMPLES = 8_192;

  /** A page of silence: none. */
  private static final short[] SILENCE = new short[0];

  private final short[][] pages;
  private short[] spare = SILENCE;
  private long base;
  private int held;

  /**
   * @param samples how far ahead of the window's start can be written
   */
  PagedSound(int samples) {
    pages = new short[samples / PAGE_SAMPLES + 2][];
    Arrays.fill(pages, SILENCE);
  }

  /** Whether all of it is silence. */
  boolean isEmpty() {
    return held == 0;
  }

  /** Moves the window's start forward to a sample and forgets what lies before. */
  void advance(long sample) {
    long newBase = pageOf(sample);
    if (held > 0) {
      long gone = Math.min(newBase, base + pages.length);
      for (long page = base; page < gone; page++) {
        release(indexOf(page));
      }
    }
    base = Math.max(base, newBase);
  }

  /** Replaces {@code samples} from {@code position} on, which lie within the window. */
  void write(long position, short[] sound, int from, int samples) {
    int done = 0;
    while (done < samples) {
      long at = position + done;
      int offset = (int) (at - pageOf(at) * PAGE_SAMPLES);
      int part = Math.min(PAGE_SAMPLES - offset, samples - done);
      System.arraycopy(sound, from + done, pageForWrite(pageOf(at)), offset, part);
      done += part;
    }
  }

  /** Copies {@code samples} from {@code position} on; returns whether any page had sound. */
  boolean read(long position, short[] sound, int samples) {
    boolean any = false;
    int done = 0;
    while (done < samples) {
      long at = position + done;
      long page = pageOf(at);
      int offset = (int) (at - page * PAGE_SAMPLES);
      int part = Math.min(PAGE_SAMPLES - offset, samples - done);
      short[] source = inWindow(page) ? pages[indexOf(page)] : SILENCE;
      if (source == SILENCE) {
        Arrays.fill(sound, done, done + part, (short) 0);
      } else {
        System.arraycopy(source, offset, sound, done, part);
        any = true;
      }
      done += part;
    }
    return any;
  }

  private short[] pageForWrite(long page) {
    if (!inWindow(page)) {
      throw new IllegalArgumentException("page " + page + " outside the window at " + base);
    }
    int index = indexOf(page);
    short[] found = pages[index];
    if (found == SILENCE) {
      found = spare != SILENCE ? spare : new short[PAGE_SAMPLES];
      spare = SILENCE;
      pages[index] = found;
      held++;
    }
    return found;
  }

  private void release(int index) {
    short[] page = pages[index];
    if (page != SILENCE) {
      Arrays.fill(page, (short) 0);
      spare = page;
      pages[index] = SILENCE;
      held--;
    }
  }

  private boolean inWindow(long page) {
    return page >= base && page < base + pages.length;
  }

  private int indexOf(long page) {
    return (int) Math.floorMod(page, (long) pages.length);
  }

  private static long pageOf(long sample) {
    return Math.floorDiv(sample, (long) PAGE_SAMPLES);
  }
}
