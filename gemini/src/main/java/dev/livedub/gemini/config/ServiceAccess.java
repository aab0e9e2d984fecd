package dev.livedub.gemini.config;

import dev.livedub.core.config.BadValueException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The way to a service: its address, what lets one in, and how it names its models.
 *
 * @param modelPrefix stands before a model's name in the set-up
 */
public record ServiceAccess(ServiceUrl url, Credentials credentials, String modelPrefix) {

  private static final String DEVELOPER_PREFIX = "models/";
  private static final String VERTEX = "GOOGLE_GENAI_USE_VERTEXAI";
  private static final String PROJECT = "GOOGLE_CLOUD_PROJECT";
  private static final String LOCATION = "GOOGLE_CLOUD_LOCATION";
  private static final Pattern CLOUD_NAME = Pattern.compile("[a-z0-9][a-z0-9.:-]{0,99}");

  /** The simulator looks at keys too; this one is nobody's. */
  private static final ApiKey SIMULATOR_KEY = new ApiKey(new Secret("simulator"));

  /** What is missing where nothing lets one in. */
  public static final String NO_KEY =
      "a key in "
          + ApiKey.VARIABLE
          + " or "
          + ApiKey.OTHER_VARIABLE
          + " (from aistudio.google.com/apikey), or "
          + VERTEX
          + "=true with "
          + PROJECT
          + " and Google Cloud credentials";

  /** The developer service, or what imitates it at another address. */
  public static ServiceAccess developer(ServiceUrl url, Credentials key) {
    return new ServiceAccess(url, key, DEVELOPER_PREFIX);
  }

  /** Google Cloud's service. */
  public static ServiceAccess vertex(
      ServiceUrl url, String project, String location, Credentials credentials) {
    return new ServiceAccess(
        url,
        credentials,
        "projects/" + project + "/locations/" + location + "/publishers/google/models/");
  }

  /**
   * Finds the way with what the environment says, as the SDK does: Google Cloud if it is asked for,
   * else a developer's key. At an address on this machine no key is needed.
   *
   * @param url another address than the service's own
   * @throws BadValueException if something is missing or wrong; does not quote any key
   */
  public static ServiceAccess find(Map<String, String> environment, Optional<ServiceUrl> url) {
    if (Boolean.parseBoolean(environment.getOrDefault(VERTEX, "").strip())) {
      String project = cloudName(environment, PROJECT, "");
      String location = cloudName(environment, LOCATION, "global");
      return vertex(
          url.orElseGet(() -> ServiceUrl.vertex(location)),
          project,
          location,
          new VertexCredentials());
    }
    Optional<ApiKey> key = ApiKey.find(environment);
    if (key.isEmpty() && url.isPresent() && url.get().isLoopback()) {
      key = Optional.of(SIMULATOR_KEY);
    }
    return developer(
        url.orElseGet(ServiceUrl::developer), key.orElseThrow(() -> new BadValueException(NO_KEY)));
  }

  private static String cloudName(
      Map<String, String> environment, String variable, String byDefault) {
    String text = environment.getOrDefault(variable, "").strip();
    String name = text.isEmpty() ? byDefault : text;
    if (!CLOUD_NAME.matcher(name).matches()) {
      throw new BadValueException("a name of Google Cloud's in " + variable);
    }
    return name;
  }
}
