package dev.livedub.gemini.config;

import java.util.Map;

/**
 * What lets a connection in.
 *
 * <p><b>Threading:</b> any thread.
 */
public interface Credentials {

  /**
   * Headers for a connection that begins now. May ask the network, so not for threads that must not
   * wait.
   *
   * @throws CredentialsException if they cannot be had now
   */
  Map<String, Secret> headers() throws CredentialsException;
}
