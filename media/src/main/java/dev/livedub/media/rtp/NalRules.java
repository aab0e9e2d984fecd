package dev.livedub.media.rtp;

/**
 * What H.264 and H.265 differ in when NAL units are taken out of RTP packets and put together to
 * access units.
 *
 * <p>A NAL unit is looked at without its start code. A {@code type} is its {@code nal_unit_type}.
 */
enum NalRules {
  /** ITU-T H.264, 7.3.1 and table 7-1; RFC 6184, 5.2, in the modes without interleaving. */
  H264(1, 24, 28) {
    @Override
    boolean reads(PayloadFormat format) {
      int mode = format.number("packetization-mode");
      return mode == 0 || mode == 1;
    }

    @Override
    int type(int head) {
      return head & 0x1F;
    }

    @Override
    int typeOfFragment(int head) {
      return head & 0x1F;
    }

    @Override
    int headOfType(int head, int type) {
      return head & 0xE0 | type;
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
  /** ITU-T H.265, 7.3.1.2 and table 7-1; RFC 7798, 4.4, without decoding order numbers. */
  H265(2, 48, 49) {
    @Override
    boolean reads(PayloadFormat format) {
      return format.number("sprop-max-don-diff") == 0
          && format.parameters().getOrDefault("tx-mode", "SRST").equals("SRST");
    }

    @Override
    int type(int head) {
      return head >> 1 & 0x3F;
    }

    @Override
    int typeOfFragment(int head) {
      return head & 0x3F;
    }

    @Override
    int headOfType(int head, int type) {
      return head & 0x81 | type << 1;
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

  private final int headBytes;
  private final int aggregate;
  private final int fragment;

  NalRules(int headBytes, int aggregate, int fragment) {
    this.headBytes = headBytes;
    this.aggregate = aggregate;
    this.fragment = fragment;
  }

  /** Length of a unit's head, and of that of an aggregate and a fragment. */
  int headBytes() {
    return headBytes;
  }

  /** The type of payloads that hold several units; lower types are units. */
  int aggregate() {
    return aggregate;
  }

  /** The type of payloads that hold part of a unit. */
  int fragment() {
    return fragment;
  }

  /** Whether a session of this format can be read. */
  abstract boolean reads(PayloadFormat format);

  /** The type of the unit that begins with this byte. */
  abstract int type(int head);

  /** The type of the unit that a fragment, whose own head is this byte, belongs to. */
  abstract int typeOfFragment(int head);

  /** The first byte of a unit of that type, whose fragments begin with {@code head}. */
  abstract int headOfType(int head, int type);

  /** Whether units of the type are part of a coded picture. */
  abstract boolean isSlice(int type);

  /** Whether units of the type, behind a slice, belong to the next access unit. */
  abstract boolean beginsAccessUnit(int type);

  /** Whether the unit says that decoding can begin at its picture. */
  abstract boolean isKey(byte[] bytes, int at, int end);
}
