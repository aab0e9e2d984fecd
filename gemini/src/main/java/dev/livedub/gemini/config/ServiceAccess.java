package dev.livedub.gemini.config;

import dev.livedub.core.config.BadValueException;
import dev.livedub.core.config.GeminiConfig;
import java.util.Map;
import java.util.Optional;

/**
 * The way to a service: its address, what lets one in, and how it names its models.
 *
 * @param modelPrefix stands before a model's name in the set-up
 */
public record ServiceAccess(ServiceUrl url, Credentials credentials, String modelPrefix) {

  private static final String DEVELOPER_PREFIX = "models/";

  /** The simulator looks at keys and tokens too; these are nobody's. */
  private static final ApiKey SIMULATOR_KEY = new ApiKey(new Secret("simulator"));

  private static final Credentials SIMULATOR_TOKEN =
      () -> Map.of("Authorization", new Secret("Bearer simulator"));

  /** What is missing where nothing lets one in. */
  public static final String NO_KEY =
      ApiKey.EXPECTED
          + ", or --vertex-project with the credentials of Google Cloud, or a --gemini-url of this"
          + " machine";

  /** The developer service, or what imitates it at another address. */
  public static ServiceAccess developer(ServiceUrl url, Credentials key) {
    return new ServiceAccess(url, key, DEVELOPER_PREFIX);
  }

  /** Google Cloud's service, or what imitates it at another address. */
  public static ServiceAccess vertex(
      ServiceUrl url, GeminiConfig.Vertex vertex, Credentials credentials) {
    String prefix =
        "projects/%s/locations/%s/publishers/google/models/"
            .formatted(vertex.project(), vertex.location());
    return new ServiceAccess(url, credentials, prefix);
  }

  /**
   * Finds the way: Google Cloud if a project is named, else by a developer's key. At an address on
   * this machine no key and no credentials are needed.
   *
   * @throws BadValueException if something is missing or wrong; does not quote any key
   */
  public static ServiceAccess find(GeminiConfig config, Map<String, String> environment) {
    Optional<ServiceUrl> url = config.url().map(ServiceUrl::parse);
    boolean simulated = url.isPresent() && url.get().isLoopback();
    if (config.vertex().isPresent()) {
      GeminiConfig.Vertex vertex = config.vertex().get();
      return vertex(
          url.orElseGet(() -> ServiceUrl.vertex(vertex.location())),
          vertex,
          simulated ? SIMULATOR_TOKEN : new VertexCredentials());
    }
    Optional<ApiKey> key = ApiKey.find(environment);
    if (key.isEmpty() && simulated) {
      key = Optional.of(SIMULATOR_KEY);
    }
    return developer(
        url.orElseGet(ServiceUrl::developer), key.orElseThrow(() -> new BadValueException(NO_KEY)));
  }
}
