package dev.livedub.testkit.clip;

/** Kinds of coded picture, with what the slice syntax says for each. */
enum PictureKind {
  IDR(7, 0, 5, 3),
  P(5, 5, 1, 2),
  B(6, 23, 1, 0);

  /** slice_type of table 7-6, for a picture all of one type. */
  final int sliceType;

  /** What mb_type of an intra macroblock is raised by (tables 7-11, 7-13 and 7-14). */
  final int intraTypeOffset;

  final int nalType;
  final int refIdc;

  PictureKind(int sliceType, int intraTypeOffset, int nalType, int refIdc) {
    this.sliceType = sliceType;
    this.intraTypeOffset = intraTypeOffset;
    this.nalType = nalType;
    this.refIdc = refIdc;
  }
}
