package dev.livedub.orchestrator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.http.server.Request;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus' HTTP service discovery reads: this orchestrator, under the name by which it was
 * asked. Workers are not listed, for their measurements are among the orchestrator's.
 */
final class Targets {

  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  private Targets() {}

  /** The list. */
  static ArrayNode list(Request request) throws ApiException {
    ArrayNode groups = JsonNodeFactory.instance.arrayNode();
    ObjectNode group = groups.addObject();
    group.putArray("targets").add(target(request));
    ObjectNode labels = group.putObject("labels");
    labels.put("job", "livedub");
    labels.put("__scheme__", request.secure() ? "https" : "http");
    labels.put("__metrics_path__", Operation.METRICS.path());
    return groups;
  }

  private static String target(Request request) throws ApiException {
    String host = request.header(HttpHeaderNames.HOST).orElse("");
    if (host.isEmpty()) {
      return request.local().getAddress().getHostAddress() + ':' + request.local().getPort();
    }
    Matcher parts = HOST.matcher(host);
    if (!parts.matches()) {
      throw new ApiException(ProblemCode.BAD_REQUEST, "the Host header is not a host and a port");
    }
    String port = parts.group(2);
    return parts.group(1) + (port != null ? port : request.secure() ? ":443" : ":80");
  }
}
