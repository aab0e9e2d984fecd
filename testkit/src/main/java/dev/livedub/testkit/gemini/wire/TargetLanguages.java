package dev.livedub.testkit.gemini.wire;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The languages that the model translates to. Other tags pass the set-up, and the session dies of
 * them seconds later.
 */
public final class TargetLanguages {

  private static final String LISTED =
      "af ak sq am ar hy az eu be bn bg my ca zh-Hans zh-Hant hr cs da nl en et fil fi fr gl ka de"
          + " el gu ha he hi hu is id it ja jv kn kk km rw ko lo lv lt mk ms ml mr mn ne no nb fa pl"
          + " pt-BR pt-PT pa ro ru sr sd si sk sl es su sw sv ta te th tr uk ur uz vi zu";

  private static final String OFF_LIST = "zh cmn zh-TW";

  private static final Set<String> TAGS = Set.of((LISTED + " " + OFF_LIST).split(" "));

  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");

  private TargetLanguages() {}

  /** Whether the model speaks it. */
  public static boolean isSpoken(String tag) {
    return TAGS.contains(tag);
  }

  /** Whether it looks like a language tag at all. */
  static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }
}
