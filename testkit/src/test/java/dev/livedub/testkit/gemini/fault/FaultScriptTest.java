package dev.livedub.testkit.gemini.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.testkit.gemini.fault.FaultPlan.Moment;
import dev.livedub.testkit.gemini.fault.FaultPlan.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultScriptTest {

  @Test
  void parse_ofLines_leavesOutCommentsAndBlanks() {
    String script =
        """
        # the first session dies, the third never becomes ready
        {"connection": 1, "fault": "reset", "atModelMillis": 20000}

        {"connection": 3, "fault": "no-set-up"}
        """;
    assertThat(FaultScript.parse(script))
        .containsExactly(
            FaultPlan.connection(1, SimFault.of(FaultKind.RESET))
                .atModelTime(Duration.ofSeconds(20)),
            FaultPlan.connection(3, SimFault.of(FaultKind.NO_SET_UP)));
  }

  @Test
  void parse_ofAnArray_givesItsElements() {
    assertThat(
            FaultScript.parse(
                "[{\"fault\":\"fin\"},\n {\"fault\":\"gain\",\"factor\":0.1,\"connection\":\"all\"}]"))
        .containsExactly(
            FaultPlan.next(SimFault.of(FaultKind.FIN)), FaultPlan.all(new SimFault.Gain(0.1)));
  }

  @Test
  void parse_ofAnObjectOverLines_givesIt() {
    assertThat(
            FaultScript.parse(
                "{\"fault\":\"stall\",\n\"millis\":50000,\n\"burst\":true,\n\"connection\":\"live\"}"))
        .containsExactly(FaultPlan.live(new SimFault.Stall(Duration.ofSeconds(50), true)));
  }

  @Test
  void parse_ofQuota_comesLate() {
    assertThat(FaultScript.parse("{\"fault\":\"quota\"}"))
        .containsExactly(
            new FaultPlan(
                Target.NEXT,
                0,
                Moment.AFTER_SET_UP,
                Duration.ofMillis(800),
                KnownClose.QUOTA.fault()));
  }

  @ParameterizedTest
  @EnumSource(KnownClose.class)
  void parse_ofEveryKnownClose_isThat(KnownClose known) {
    assertThat(FaultScript.parse("{\"fault\":\"" + known.label() + "\"}").get(0).fault())
        .isEqualTo(known.fault());
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void parse_ofEveryKindWithAllFields_isOfThatKind(FaultKind kind) {
    String script = "{\"fault\":\"" + kind.label() + "\"" + fields(kind) + "}";
    assertThat(FaultScript.parse(script).get(0).fault().kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | unknown fault \"\"",
        "{\"fault\":\"rest\"} | unknown fault \"rest\"",
        "{\"fault\":\"reset\",\"at\":5} | unknown field \"at\"",
        "{\"fault\":\"reset\",\"connection\":0} | connection: expected one of",
        "{\"fault\":\"gain\"} | factor: expected a number",
        "{\"fault\":\"slow-set-up\",\"millis\":-1} | millis: expected no negative number",
        "{\"fault\":\"transcripts\",\"disorder\":\"x\"} | disorder: expected one of",
        "reset | not JSON",
        "[1] | expected an object for each fault",
      })
  void parse_ofAMistake_saysWhatItIs(String script, String message) {
    assertThatThrownBy(() -> FaultScript.parse(script))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static String fields(FaultKind kind) {
    return switch (kind) {
      case UNREACHABLE, SLOW_SET_UP, STOP_READING, ALL_ZERO, STUCK_TONE, NO_AUDIO ->
          ",\"millis\":1";
      case REFUSE_UPGRADE -> ",\"status\":503";
      case CONCURRENCY_CAP -> ",\"sessions\":1";
      case CLOSE -> ",\"code\":1011,\"reason\":\"x\",\"leaveOpen\":true";
      case SLOW_PONGS -> ",\"leastMillis\":1,\"mostMillis\":2";
      case STALL -> ",\"millis\":1,\"burst\":true";
      case BURSTS -> ",\"holdMillis\":1,\"speed\":5";
      case OUTPUT_RATE, GAIN -> ",\"factor\":2";
      case GROWING_LAG -> ",\"millisPerMinute\":1";
      case TRANSCRIPTS -> ",\"disorder\":\"cumulative\"";
      case GO_AWAY -> ",\"form\":\"then-silence\",\"timeLeftMillis\":1";
      default -> "";
    };
  }
}
