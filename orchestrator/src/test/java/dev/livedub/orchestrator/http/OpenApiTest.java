package dev.livedub.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.core.worker.WorkerStatus;
import dev.livedub.orchestrator.api.EgressView;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.api.StreamState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the API's description to the code. */
class OpenApiTest {

  private final Object description =
      new Load(LoadSettings.builder().build())
          .loadFromString(new String(Page.resource("openapi.yaml"), StandardCharsets.UTF_8));

  @Test
  void paths_andMethods_areThoseOfTheRouter() {
    List<String> described = new ArrayList<>();
    map(description, "paths")
        .forEach(
            (path, methods) ->
                asMap(methods).keySet().stream()
                    .filter(method -> !method.equals("parameters"))
                    .forEach(method -> described.add(method + " " + path)));
    assertThat(described)
        .containsExactlyElementsOf(
            Operation.all().stream()
                .map(each -> each.method().toLowerCase(Locale.ROOT) + " " + each.path())
                .toList());
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void problems_ofEachOperation_areThoseOfTheCode(Operation operation) {
    Set<String> codes = new TreeSet<>();
    responses(operation).values().forEach(response -> codes.addAll(codesOf(response)));
    assertThat(codes)
        .containsExactlyInAnyOrderElementsOf(
            operation.problems().stream().map(ProblemCode::code).toList());
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void problems_ofEachOperation_haveTheStatusTheyStandUnder(Operation operation) {
    responses(operation)
        .forEach(
            (status, response) ->
                assertThat(codesOf(response))
                    .allSatisfy(
                        code -> assertThat(statusOf(code)).isEqualTo(Integer.parseInt(status))));
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void security_ofEachOperation_isThatOfTheCode(Operation operation) {
    Object asked = operation(operation).get("security");
    String expected =
        switch (operation.access()) {
          case OPEN -> "[]";
          case HOOK -> "[{}, {hookSecret=[]}, {hookBearer=[]}]";
          case OPERATOR -> "[{}, {token=[]}]";
        };
    assertThat(String.valueOf(asked)).isEqualTo(expected);
  }

  @Test
  void lists_ofWords_areThoseOfTheCode() {
    assertThat(words("Problem", "properties", "code"))
        .containsExactlyElementsOf(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
    assertThat(words("StreamState"))
        .containsExactlyElementsOf(names(EnumSet.allOf(StreamState.class)));
    assertThat(words("Egress", "properties", "state"))
        .containsExactlyElementsOf(names(EnumSet.allOf(EgressView.State.class)));
    assertThat(words("Worker", "properties", "state"))
        .containsExactlyElementsOf(names(EnumSet.allOf(WorkerStatus.State.class)));
  }

  @Test
  void page_tableOfProblems_isThatOfTheCode() throws IOException {
    assertThat(
            Files.readAllLines(Path.of("..", "docs", "http-api.md")).stream()
                .filter(line -> line.matches("\\| \\d{3} \\|.*")))
        .containsExactlyElementsOf(
            Arrays.stream(ProblemCode.values())
                .map(
                    each ->
                        "| %d | `%s` | %s |".formatted(each.status(), each.code(), each.title()))
                .toList());
  }

  @Test
  void stream_fields_areThoseThatAreWritten() {
    List<String> written = new ArrayList<>();
    ViewJson.view(FakeStreams.view("a", StreamState.RUNNING, "r"))
        .fieldNames()
        .forEachRemaining(written::add);
    assertThat(map(schema("Stream"), "properties").keySet()).containsExactlyElementsOf(written);
    assertThat(schema("Stream").get("required")).isEqualTo(written);
  }

  private Map<String, Object> operation(Operation operation) {
    return map(description, "paths", operation.path(), operation.method().toLowerCase(Locale.ROOT));
  }

  private Map<String, Object> responses(Operation operation) {
    return map(operation(operation), "responses");
  }

  /** The codes that a response, or what it refers to, can have. */
  private Collection<String> codesOf(Object response) {
    Object ref = asMap(response).get("$ref");
    Map<String, Object> whole =
        ref == null
            ? asMap(response)
            : map(description, "components", "responses", last(String.valueOf(ref)));
    Object problem = map(whole, "content").get("application/problem+json");
    if (problem == null) {
      return List.of();
    }
    List<?> parts = list(map(problem, "schema"), "allOf");
    return strings(list(map(parts.get(1), "properties", "code"), "enum"));
  }

  private static int statusOf(String code) {
    return Arrays.stream(ProblemCode.values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .orElseThrow()
        .status();
  }

  private Map<String, Object> schema(String name) {
    return map(description, "components", "schemas", name);
  }

  private List<String> words(String schema, String... further) {
    return strings(list(map(schema(schema), further), "enum"));
  }

  private static List<String> names(Set<? extends Enum<?>> constants) {
    return constants.stream().map(Enum::name).toList();
  }

  private static List<String> strings(List<?> list) {
    return list.stream().map(String::valueOf).toList();
  }

  private static List<?> list(Map<String, Object> from, String name) {
    if (from.get(name) instanceof List<?> list) {
      return list;
    }
    throw new AssertionError("no list " + name);
  }

  private static String last(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private static Map<String, Object> map(Object from, String... names) {
    Object at = from;
    for (String name : names) {
      at = asMap(at).get(name);
      assertThat(at).as(name).isNotNull();
    }
    return asMap(at);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object value) {
    return (Map<String, Object>) value;
  }
}
