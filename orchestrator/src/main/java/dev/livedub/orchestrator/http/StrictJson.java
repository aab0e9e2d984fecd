package dev.livedub.orchestrator.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads bodies that must be one JSON object in UTF-8 (RFC 8259): nothing behind it, no name twice,
 * bounded in depth. Refusals never repeat what was sent, for it can hold secrets.
 *
 * <p><b>Threading:</b> any thread.
 */
final class StrictJson {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER_CHARS = 64;
  private static final int MAX_NAME_CHARS = 1_024;

  private final ObjectMapper mapper;

  StrictJson(int maxBytes) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_NUMBER_CHARS)
            .maxNameLength(MAX_NAME_CHARS)
            .maxStringLength(maxBytes)
            .maxDocumentLength(maxBytes)
            .build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names come from anybody; a table of them would grow.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    mapper =
        JsonMapper.builder(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  }

  /** The object that a body is. */
  ObjectNode object(byte[] body) throws ApiException {
    JsonNode node;
    try {
      node = mapper.readTree(text(body));
    } catch (JsonProcessingException e) {
      throw invalid(
          e.getLocation() == null
              ? "the body is not JSON"
              : String.format(
                  "the body is not JSON at line %d, column %d",
                  e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw invalid(body.length == 0 ? "the body is empty" : "the body is not a JSON object");
  }

  /** The refusal of a body that is not what was expected. */
  static ApiException invalid(String detail) {
    return new ApiException(ProblemCode.INVALID_JSON, detail);
  }

  private static String text(byte[] body) throws ApiException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(body))
          .toString();
    } catch (CharacterCodingException e) {
      throw invalid("the body is not UTF-8");
    }
  }
}
