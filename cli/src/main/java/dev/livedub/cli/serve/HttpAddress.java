package dev.livedub.cli.serve;

import dev.livedub.core.config.BadValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen: an address of this machine and a port.
 *
 * @param host without brackets
 * @param port 0 for any free one
 */
record HttpAddress(String host, int port) {

  static final String EXPECTED =
      "an address of this machine and a port, such as 0.0.0.0:8080 or [::]:8080";

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%a-z]{2,100})]|([A-Za-z0-9._-]{1,255})):([0-9]{1,5})");
  private static final int MAX_PORT = 65_535;

  /**
   * Reads an address.
   *
   * @throws BadValueException if it is none
   */
  static HttpAddress parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(3)) > MAX_PORT) {
      throw new BadValueException(EXPECTED);
    }
    String host = form.group(1) == null ? form.group(2) : form.group(1);
    return new HttpAddress(host, Integer.parseInt(form.group(3)));
  }
}
