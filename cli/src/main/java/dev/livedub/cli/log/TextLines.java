package dev.livedub.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.livedub.core.log.MaskedUrl;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One readable line per event: time, level, event, message, key-values. What a peer has worded
 * cannot move the cursor: control characters are taken out.
 */
final class TextLines implements LineFormat {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final String RESET = "\u001b[0m";

  private final LogIdentity identity;
  private final boolean coloured;

  TextLines(LogIdentity identity, boolean coloured) {
    this.identity = identity;
    this.coloured = coloured;
  }

  @Override
  public String line(ILoggingEvent event) {
    EventFields fields = EventFields.of(event, identity);
    StringBuilder line = new StringBuilder(160);
    line.append(TIME.format(event.getInstant().atZone(ZoneId.systemDefault()))).append(' ');
    appendLevel(line, event.getLevel());
    String name = fields.event().equals(EventFields.UNNAMED) ? fields.component() : fields.event();
    line.append(String.format(Locale.ROOT, " %-22s ", name)).append(plain(fields.message()));
    fields
        .own()
        .forEach((key, value) -> line.append("  ").append(key).append('=').append(shown(value)));
    appendException(line, event.getLevel(), event.getThrowableProxy());
    return line.toString();
  }

  @Override
  public String lossLine(long count) {
    StringBuilder line = new StringBuilder(TIME.format(LocalTime.now()));
    appendLevel(line.append(' '), Level.WARN);
    return line + " log_dropped  " + count + " log lines were lost: not read fast enough";
  }

  private void appendLevel(StringBuilder line, Level level) {
    String colour = level.isGreaterOrEqual(Level.ERROR) ? "\u001b[31m" : "\u001b[33m";
    boolean striking = coloured && level.isGreaterOrEqual(Level.WARN);
    line.append(striking ? colour : "")
        .append(String.format(Locale.ROOT, "%-5s", level))
        .append(striking ? RESET : "");
  }

  /** A fault of this program with its trace; anything else is told in one line. */
  private static void appendException(
      StringBuilder line, Level level, @Nullable IThrowableProxy thrown) {
    if (thrown == null) {
      return;
    }
    if (level.isGreaterOrEqual(Level.ERROR)) {
      String trace = MaskedUrl.inText(ThrowableProxyUtil.asString(thrown).stripTrailing());
      trace.lines().forEach(each -> line.append("\n    ").append(plain(each.stripTrailing())));
      return;
    }
    for (IThrowableProxy cause = thrown; cause != null; cause = cause.getCause()) {
      String simpleName = cause.getClassName().substring(cause.getClassName().lastIndexOf('.') + 1);
      String message = MaskedUrl.inText(String.valueOf(cause.getMessage()));
      line.append("; ").append(simpleName).append(": ").append(plain(message));
    }
  }

  private static String shown(Object value) {
    String text =
        value instanceof Double || value instanceof Float
            ? String.format(Locale.ROOT, "%.3f", ((Number) value).doubleValue())
            : plain(value.toString());
    return text.isEmpty() || text.indexOf(' ') >= 0 ? '"' + text + '"' : text;
  }

  private static String plain(String text) {
    return text.replace('\n', ' ').replaceAll("\\p{Cntrl}", "");
  }
}
