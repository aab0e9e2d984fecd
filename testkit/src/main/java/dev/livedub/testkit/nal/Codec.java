package dev.livedub.testkit.nal;

/** A picture codec made of NAL units, and what a NAL unit's header says in it. */
public enum Codec {
  /** ITU-T H.264: one header byte, types in table 7-1. */
  H264 {
    @Override
    public int typeOf(byte header) {
      return header & 0x1F;
    }

    @Override
    public boolean isVcl(byte header) {
      int type = typeOf(header);
      return type >= 1 && type <= 5;
    }

    @Override
    public boolean isKeyframe(byte header) {
      return typeOf(header) == 5;
    }
  },

  /** ITU-T H.265: two header bytes, types in table 7-1. */
  H265 {
    @Override
    public int typeOf(byte header) {
      return (header >> 1) & 0x3F;
    }

    @Override
    public boolean isVcl(byte header) {
      return typeOf(header) <= 31;
    }

    @Override
    public boolean isKeyframe(byte header) {
      int type = typeOf(header);
      return type >= 16 && type <= 23;
    }
  };

  /** The NAL unit's type, from the first byte of its header. */
  public abstract int typeOf(byte header);

  /** Whether the unit carries coded picture data; parameter sets, SEI and delimiters do not. */
  public abstract boolean isVcl(byte header);

  /** Whether the unit belongs to a picture at which decoding can start (IDR; IRAP in H.265). */
  public abstract boolean isKeyframe(byte header);
}
