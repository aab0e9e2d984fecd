package dev.livedub.testkit.gemini.fault;

import dev.livedub.testkit.gemini.fault.FaultPlan.Moment;
import dev.livedub.testkit.gemini.fault.FaultPlan.Target;
import dev.livedub.testkit.gemini.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads fault plans from JSON: one object, an array of them, or an object a line.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class FaultScript {

  private static final Duration QUOTA_AFTER = Duration.ofMillis(800);
  private static final int MAX_PLANS = 1_000;

  private FaultScript() {}

  /**
   * The plans of a text. Empty lines and lines that begin with {@code #} are left out.
   *
   * @throws IllegalArgumentException if it is not understood; the message says why
   */
  public static List<FaultPlan> parse(String text) {
    List<FaultPlan> plans = new ArrayList<>();
    String stripped = withoutComments(text);
    try {
      if (stripped.startsWith("[")) {
        for (Object each : list(Json.parse(stripped))) {
          plans.add(plan(fields(each)));
        }
      } else {
        for (String line : whole(stripped) ? List.of(stripped) : stripped.lines().toList()) {
          plans.add(plan(fields(Json.parse(line))));
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
    if (plans.size() > MAX_PLANS) {
      throw new IllegalArgumentException("more than " + MAX_PLANS + " faults");
    }
    return plans;
  }

  private static String withoutComments(String text) {
    StringBuilder kept = new StringBuilder();
    text.lines()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .forEach(line -> kept.append(line.strip()).append('\n'));
    return kept.toString().strip();
  }

  /** Whether the text is one object, perhaps over several lines. */
  private static boolean whole(String text) {
    try {
      Json.parseObject(text);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static FaultPlan plan(Fields fields) {
    String target = fields.text("connection", "next");
    int number = target.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(target) : 0;
    Target who =
        number > 0
            ? Target.CONNECTION
            : choice("connection", Target.class, target, "a number, next, all, live");
    String label = fields.text("fault", "");
    SimFault fault = fault(label, fields);
    Moment moment = Moment.AFTER_SET_UP;
    Duration offset = label.equals("quota") ? QUOTA_AFTER : Duration.ZERO;
    if (fields.has("beforeSetUpMillis")) {
      moment = Moment.BEFORE_SET_UP;
      offset = fields.millis("beforeSetUpMillis");
    } else if (fields.has("atModelMillis")) {
      moment = Moment.MODEL_TIME;
      offset = fields.millis("atModelMillis");
    } else if (fields.has("afterSetUpMillis")) {
      offset = fields.millis("afterSetUpMillis");
    }
    fields.refuseUnused();
    return new FaultPlan(who, number, moment, offset, fault);
  }

  private static SimFault fault(String label, Fields fields) {
    var known = KnownClose.ofLabel(label);
    if (known.isPresent()) {
      return new SimFault.Close(known.get().code(), known.get().reason(), fields.bool("leaveOpen"));
    }
    FaultKind kind =
        FaultKind.ofLabel(label)
            .orElseThrow(() -> new IllegalArgumentException("unknown fault \"" + label + "\""));
    return switch (kind) {
      case UNREACHABLE -> new SimFault.Unreachable(fields.millis("millis"));
      case REFUSE_UPGRADE -> new SimFault.RefuseUpgrade((int) fields.number("status"));
      case CONCURRENCY_CAP -> new SimFault.ConcurrencyCap((int) fields.number("sessions"));
      case SLOW_SET_UP -> new SimFault.SlowSetUp(fields.millis("millis"));
      case CLOSE ->
          new SimFault.Close(
              (int) fields.number("code"), fields.text("reason", ""), fields.bool("leaveOpen"));
      case STOP_READING -> new SimFault.StopReading(fields.lasts());
      case SLOW_PONGS ->
          new SimFault.SlowPongs(fields.millis("leastMillis"), fields.millis("mostMillis"));
      case STALL -> new SimFault.Stall(fields.lasts(), fields.bool("burst"));
      case BURSTS -> new SimFault.Bursts(fields.millis("holdMillis"), fields.number("speed"));
      case OUTPUT_RATE -> new SimFault.OutputRate(fields.number("factor"));
      case GROWING_LAG -> new SimFault.GrowingLag(fields.number("millisPerMinute"));
      case ALL_ZERO -> new SimFault.AllZero(fields.lasts());
      case STUCK_TONE -> new SimFault.StuckTone(fields.lasts());
      case GAIN -> new SimFault.Gain(fields.number("factor"));
      case NO_AUDIO -> new SimFault.NoAudio(fields.lasts());
      case TRANSCRIPTS ->
          new SimFault.Transcripts(
              choice(
                  "disorder",
                  SimFault.Disorder.class,
                  fields.text("disorder", ""),
                  "duplicated, reordered, cumulative"));
      case GO_AWAY ->
          new SimFault.GoAway(
              choice(
                  "form",
                  SimFault.Form.class,
                  fields.text("form", "plain"),
                  "plain, fractional, absent, twice, then-silence"),
              fields.millis("timeLeftMillis"));
      default -> SimFault.of(kind);
    };
  }

  private static <E extends Enum<E>> E choice(
      String field, Class<E> type, String text, String expected) {
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": expected one of " + expected, e);
    }
  }

  private static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("expected an array of objects");
  }

  private static Fields fields(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Fields(map);
    }
    throw new IllegalArgumentException("expected an object for each fault");
  }

  /** The fields of one plan; those that nobody asked for are mistakes. */
  private static final class Fields {

    private final Map<?, ?> map;
    private final Set<String> used = new LinkedHashSet<>();

    Fields(Map<?, ?> map) {
      this.map = map;
    }

    boolean has(String name) {
      used.add(name);
      return map.containsKey(name);
    }

    String text(String name, String otherwise) {
      return has(name) ? String.valueOf(map.get(name)) : otherwise;
    }

    boolean bool(String name) {
      return has(name) && Boolean.TRUE.equals(map.get(name));
    }

    double number(String name) {
      if (has(name) && map.get(name) instanceof Number number) {
        return number.doubleValue();
      }
      throw new IllegalArgumentException(name + ": expected a number");
    }

    Duration millis(String name) {
      double millis = number(name);
      if (millis < 0) {
        throw new IllegalArgumentException(name + ": expected no negative number");
      }
      return Duration.ofNanos((long) (millis * 1e6));
    }

    Duration lasts() {
      return has("millis") ? millis("millis") : SimFault.FOR_EVER;
    }

    void refuseUnused() {
      for (Object name : map.keySet()) {
        if (!used.contains(String.valueOf(name))) {
          throw new IllegalArgumentException("unknown field \"" + name + "\"");
        }
      }
    }
  }
}
