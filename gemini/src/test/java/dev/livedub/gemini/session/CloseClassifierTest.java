package dev.livedub.gemini.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.gemini.session.CloseClassifier.Circumstances;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseClassifierTest {

  private static final int MAX_REASON_BYTES = 123;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SETUP | 0   | 1007 | API key not valid. Please pass a valid API key. | FATAL",
        "SETUP | 0   | 1007 | API key expired. Please renew the API key. | FATAL",
        "SETUP | 0   | 1007 | Invalid JSON payload received. Unknown name \"inputAudioTranscription\""
            + " at 'setup.generation_config': Cannot find field. And much more of it | FATAL",
        "SETUP | 0   | 1007 | Request contains an invalid argument. | FATAL",
        "SETUP | 0   | 1007 | Invalid session handle | STALE_HANDLE",
        "SETUP | 0   | 1008 | models/X is not found for API version v1beta, or is not supported for"
            + " bidiGenerateContent. Call ListModels to see the list of available models"
            + " | FATAL",
        "SETUP | 0   | 1008 | session not found | STALE_HANDLE",
        "SETUP | 0   | 1008 | BidiGenerateContent session not found | STALE_HANDLE",
        "SETUP | 0   | 1008 | The operation was aborted. | RETRY",
        "SETUP | 0   | 1011 | Internal error encountered. | RETRY",
        "SETUP | 0   | 1011 | You exceeded your current quota, please check your plan and billing"
            + " details. For more information on this error, head to: somewhere else | QUOTA",
        "SETUP | 0   | 1013 | | BACK_OFF",
        "SETUP | 0   | 1000 | | RETRY",
        "SETUP | 0   | 1005 | | RETRY",
        "LIVE  | 1   | 1011 | You exceeded your current quota, please check your plan | QUOTA",
        "LIVE  | 900 | 1011 | You exceeded your current quota, please check your plan | QUOTA",
        "LIVE  | 5   | 1007 | Request contains an invalid argument. | FATAL",
        "LIVE  | 500 | 1007 | Request contains an invalid argument. | RETRY",
        "LIVE  | 100 | 1011 | Deadline expired before operation could complete. | RETRY",
        "LIVE  | 100 | 1011 | Internal error encountered. | RETRY",
        "LIVE  | 100 | 1011 | The service is currently unavailable. | RETRY",
        "LIVE  | 160 | 1008 | The operation was aborted. | RETRY",
        "LIVE  | 100 | 1011 | Resource has been exhausted (e.g. check quota). | BACK_OFF",
        "LIVE  | 100 | 1008 | Your API key was reported as leaked. | FATAL",
        "LIVE  | 100 | 1000 | | RETRY",
        "LIVE  | 100 | 1001 | | RETRY",
        "LIVE  | 100 | 1005 | | RETRY",
        "LIVE  | 100 | 1006 | | RETRY",
        "LIVE  | 100 | 4242 | something new | RETRY",
      })
  void ofClose_byPhaseCodeAndReason_isAsMeasured(
      Phase phase, long liveSeconds, int code, String reason, Kind kind) {
    String words = reason == null ? "" : reason;
    Circumstances at = new Circumstances(phase, false, false, Duration.ofSeconds(liveSeconds));
    assertThat(CloseClassifier.ofClose(at, code, words)).isEqualTo(kind);
    assertThat(CloseClassifier.ofClose(at, code, cut(words))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1008 | Session will be closed | PLANNED",
        "1011 | Deadline expired before operation could complete. | PLANNED",
        "1000 | '' | PLANNED",
        "1006 | '' | PLANNED",
        "1011 | You exceeded your current quota | QUOTA",
      })
  void ofClose_afterGoAway_isPlannedUnlessMoneyIsOut(int code, String reason, Kind kind) {
    Circumstances at = new Circumstances(Phase.CLOSING, false, true, Duration.ofMinutes(9));
    assertThat(CloseClassifier.ofClose(at, code, reason)).isEqualTo(kind);
  }

  @Test
  void ofClose_resumeRefusedWithServerError_dropsTheHandle() {
    Circumstances resuming = new Circumstances(Phase.SETUP, true, false, Duration.ZERO);
    assertThat(CloseClassifier.ofClose(resuming, 1011, "Internal error encountered."))
        .isEqualTo(Kind.STALE_HANDLE);
    assertThat(CloseClassifier.ofClose(resuming, 1011, "You exceeded your current quota"))
        .isEqualTo(Kind.QUOTA);
    Circumstances resumed = new Circumstances(Phase.LIVE, true, false, Duration.ofSeconds(9));
    assertThat(CloseClassifier.ofClose(resumed, 1011, "Internal error encountered."))
        .isEqualTo(Kind.RETRY);
  }

  @ParameterizedTest
  @CsvSource({
    "400, FATAL",
    "401, FATAL",
    "403, FATAL",
    "404, FATAL",
    "408, RETRY",
    "429, BACK_OFF",
    "500, RETRY",
    "502, RETRY",
    "503, BACK_OFF",
    "302, RETRY",
  })
  void ofHttpStatus_ofRefusedUpgrade_isByStatus(int status, Kind kind) {
    assertThat(CloseClassifier.ofHttpStatus(status)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "SETUP, 0, 401, no, FATAL",
    "LIVE, 5, 400, invalid, FATAL",
    "LIVE, 500, 400, invalid, RETRY",
    "LIVE, 500, 429, slow down, BACK_OFF",
    "LIVE, 500, 429, You exceeded your current quota, QUOTA",
    "LIVE, 500, 500, oops, RETRY",
    "LIVE, 500, 0, oops, RETRY",
  })
  void ofRefusal_byStatusAndWords_isClassified(
      Phase phase, long liveSeconds, int status, String message, Kind kind) {
    Circumstances at = new Circumstances(phase, false, false, Duration.ofSeconds(liveSeconds));
    assertThat(CloseClassifier.ofRefusal(at, status, message)).isEqualTo(kind);
  }

  private static String cut(String reason) {
    return reason.length() <= MAX_REASON_BYTES ? reason : reason.substring(0, MAX_REASON_BYTES);
  }
}
