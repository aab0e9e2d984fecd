package dev.livedub.testkit.gemini.fault;

import java.time.Duration;

/**
 * A fault with what it needs to know. Durations are of the simulator's clock. Those that last stay
 * for the rest of the connection unless they say how long.
 */
public sealed interface SimFault {

  /** A duration that does not end. */
  Duration FOR_EVER = Duration.ofDays(365);

  /** Its kind. */
  FaultKind kind();

  /** The listening socket is closed for so long; connections that stand, stay. */
  record Unreachable(Duration lasts) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.UNREACHABLE;
    }
  }

  /** The upgrade is answered with an HTTP status. */
  record RefuseUpgrade(int status) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.REFUSE_UPGRADE;
    }
  }

  /** At most so many sessions at once, from now on, for all connections. */
  record ConcurrencyCap(int sessions) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.CONCURRENCY_CAP;
    }
  }

  /** setupComplete comes after so long. */
  record SlowSetUp(Duration after) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.SLOW_SET_UP;
    }
  }

  /**
   * A close frame.
   *
   * @param code close code
   * @param reason cut to what a close frame holds
   * @param leaveOpen whether the socket is left open afterwards, whatever the client answers
   */
  record Close(int code, String reason, boolean leaveOpen) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.CLOSE;
    }
  }

  /** Nothing is read for so long. */
  record StopReading(Duration lasts) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.STOP_READING;
    }
  }

  /** Pongs come between so long and so long after their pings. */
  record SlowPongs(Duration least, Duration most) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.SLOW_PONGS;
    }
  }

  /**
   * Nothing is said for so long.
   *
   * @param burst whether what was held back comes at once afterwards; otherwise it is lost
   */
  record Stall(Duration lasts, boolean burst) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.STALL;
    }
  }

  /** Output is held back for so long, then runs at so many times real time, again and again. */
  record Bursts(Duration hold, double speed) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.BURSTS;
    }
  }

  /** Output runs at so many times real time. */
  record OutputRate(double factor) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.OUTPUT_RATE;
    }
  }

  /** The translation's lag grows by so many milliseconds a minute. */
  record GrowingLag(double millisPerMinute) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.GROWING_LAG;
    }
  }

  /** Zeros for so long. */
  record AllZero(Duration lasts) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.ALL_ZERO;
    }
  }

  /** A loud tone for so long. */
  record StuckTone(Duration lasts) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.STUCK_TONE;
    }
  }

  /** The voice is multiplied by a factor, and clips if that is too much. */
  record Gain(double factor) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.GAIN;
    }
  }

  /** Transcripts without sound for so long. */
  record NoAudio(Duration lasts) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.NO_AUDIO;
    }
  }

  /** Fragments of transcript that are not as they should be. */
  record Transcripts(Disorder disorder) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.TRANSCRIPTS;
    }
  }

  /** In what way. */
  enum Disorder {
    /** Each comes twice. */
    DUPLICATED,
    /** Each second one comes before the first. */
    REORDERED,
    /** Each holds the whole sentence so far. */
    CUMULATIVE
  }

  /**
   * The service says that it will close, and does.
   *
   * @param timeLeft until it closes
   */
  record GoAway(Form form, Duration timeLeft) implements SimFault {
    @Override
    public FaultKind kind() {
      return FaultKind.GO_AWAY;
    }
  }

  /** In which form it says so. */
  enum Form {
    /** As usual. */
    PLAIN,
    /** With a fraction of a second: {@code "9.95s"}. */
    FRACTIONAL,
    /** Not at all: the connection is closed when the time is over. */
    ABSENT,
    /** Twice. */
    TWICE,
    /** And from then on nothing else. */
    THEN_SILENCE
  }

  /** A fault that needs to know nothing. */
  record Plain(FaultKind kind) implements SimFault {
    public Plain {
      if (!hasNoParameters(kind)) {
        throw new IllegalArgumentException(kind.label() + " needs parameters");
      }
    }

    static boolean hasNoParameters(FaultKind kind) {
      return switch (kind) {
        case IGNORE_UPGRADE,
            NO_SET_UP,
            RESET,
            FIN,
            IGNORE_CLOSE,
            NO_PONGS,
            POISONED_RESUME,
            ODD_PCM,
            EMPTY_DATA,
            TWO_PARTS,
            HUGE_MESSAGE,
            MALFORMED_JSON,
            UNKNOWN_FIELDS,
            ERROR_MESSAGE,
            TEXT_FRAMES ->
            true;
        default -> false;
      };
    }
  }

  /** A fault of a kind that needs to know nothing. */
  static SimFault of(FaultKind kind) {
    return new Plain(kind);
  }

  /** A close frame, with the socket closed afterwards as usual. */
  static SimFault close(int code, String reason) {
    return new Close(code, reason, false);
  }
}
