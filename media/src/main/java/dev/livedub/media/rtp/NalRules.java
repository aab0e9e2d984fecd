package dev.livedub.media.rtp;

/**
 * What H.264 and H.265 differ in when NAL units are put together to access units.
 *
 * <p>A NAL unit is looked at without its start code. {@code type} is its {@code nal_unit_type}.
 */
enum NalRules {
  /** ITU-T H.264, 7.3.1 and table 7-1. */
  H264 {
    @Override
    int type(byte header) {
      return header & 0x1F;
    }

    @Override
    boolean isSlice(int type) {
      return type >= 1 && type <= 5;
    }

    /** SEI, SPS, PPS, access unit delimiter (7.4.1.2.3). */
    @Override
    boolean beginsAccessUnit(int type) {
      return type >= 6 && type <= 9;
    }

    /** An IDR picture, or one with a recovery point, as encoders of open groups mark theirs. */
    @Override
    boolean isKey(byte[] bytes, int at, int end) {
      int type = type(bytes[at]);
      return type == 5 || (type == 6 && RecoveryPoint.isIn(bytes, at + 1, end));
    }
  },
  /** ITU-T H.265, 7.3.1.2 and table 7-1. */
  H265 {
    @Override
    int type(byte header) {
      return (header >> 1) & 0x3F;
    }

    @Override
    boolean isSlice(int type) {
      return type < 32;
    }

    /** Parameter sets, access unit delimiter, prefix SEI, and what is reserved (7.4.2.4.4). */
    @Override
    boolean beginsAccessUnit(int type) {
      return (type >= 32 && type <= 35)
          || type == 39
          || (type >= 41 && type <= 44)
          || (type >= 48 && type <= 55);
    }

    /** An intra random access point. */
    @Override
    boolean isKey(byte[] bytes, int at, int end) {
      int type = type(bytes[at]);
      return type >= 16 && type <= 23;
    }
  };

  /** The type of the unit that begins with this byte. */
  abstract int type(byte header);

  /** Whether the unit is part of a coded picture. */
  abstract boolean isSlice(int type);

  /** Whether the unit, behind a slice, belongs to the next access unit. */
  abstract boolean beginsAccessUnit(int type);

  /** Whether the unit says that decoding can begin at its picture. */
  abstract boolean isKey(byte[] bytes, int at, int end);
}
