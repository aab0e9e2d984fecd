package dev.livedub.orchestrator.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds what is asked for. Paths are taken as they were sent: nothing is decoded or tidied up. */
final class Router {

  private static final Pattern STREAM_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** What a method and a path lead to. */
  sealed interface Route {
    /**
     * To an operation.
     *
     * @param streamId the stream it names; empty if it names none
     */
    record Found(Operation operation, String streamId) implements Route {}

    /**
     * To something that is there, but by other methods.
     *
     * @param allowed the methods, as a header lists them
     * @param any one of the operations that are there
     */
    record OtherMethod(String allowed, Operation any) implements Route {}

    /** To nothing. */
    record Nowhere() implements Route {}
  }

  /** Where a call leads to. */
  Route route(String method, String path) {
    List<String> parts = Arrays.asList(path.split("/", -1));
    List<Operation> there =
        Operation.all().stream().filter(each -> leadsTo(each.segments(), parts)).toList();
    for (Operation operation : there) {
      if (methods(operation).contains(method)) {
        return new Route.Found(operation, operation.namesStream() ? parts.get(3) : "");
      }
    }
    return there.isEmpty()
        ? new Route.Nowhere()
        : new Route.OtherMethod(allowed(there), there.get(0));
  }

  private static boolean leadsTo(List<String> segments, List<String> parts) {
    if (segments.size() != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      boolean fits =
          segments.get(i).equals(Operation.STREAM_ID)
              ? STREAM_ID.matcher(parts.get(i)).matches()
              : segments.get(i).equals(parts.get(i));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static List<String> methods(Operation operation) {
    return operation.method().equals("GET") ? List.of("GET", "HEAD") : List.of(operation.method());
  }

  private static String allowed(List<Operation> there) {
    List<String> methods = new ArrayList<>();
    there.forEach(operation -> methods.addAll(methods(operation)));
    return String.join(", ", new TreeSet<>(methods));
  }
}
