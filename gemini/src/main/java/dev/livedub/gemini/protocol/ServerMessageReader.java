package dev.livedub.gemini.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the service's messages.
 *
 * <p>Sound is the bulk of them, so it goes from the message's bytes into samples without a text in
 * between. What is unknown is skipped; of a message that breaks off, what was whole is kept.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
public final class ServerMessageReader {

  /** Longest text in a message; sound of two minutes. */
  private static final int MAX_TEXT_CHARS = 8 * 1024 * 1024;

  private static final int MAX_DEPTH = 64;
  private static final String SOUND_TYPE = "audio/pcm";
  private static final String SOUND_RATE = "rate=24000";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(MAX_TEXT_CHARS)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();
  private final PcmCollector pcm = new PcmCollector();
  private List<ServerPart> parts = new ArrayList<>();

  /** What is done with the value of a field that the parser stands on. */
  @FunctionalInterface
  private interface FieldReader {
    void read(String field, JsonParser parser) throws IOException;
  }

  /**
   * Reads a message.
   *
   * @return what it says, in its order; never throws for what is in it
   */
  public List<ServerPart> read(ByteBuffer utf8) {
    parts = new ArrayList<>(2);
    try (JsonParser parser = JSON.createParser(new BufferInput(utf8))) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        fields(parser, this::topLevel);
      } else {
        parts.add(new ServerPart.Unreadable("a message that is no JSON object"));
      }
    } catch (IOException e) {
      // Its words quote the message, which may hold a handle.
      pcm.reset();
      parts.add(new ServerPart.Unreadable("a message that is not JSON to its end"));
    }
    return parts;
  }

  private void topLevel(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "setupComplete" -> {
        parser.skipChildren();
        parts.add(new ServerPart.SetupComplete());
      }
      case "serverContent" -> fields(parser, this::content);
      case "usageMetadata" -> usage(parser);
      case "sessionResumptionUpdate" -> resumption(parser);
      case "goAway" -> goAway(parser);
      case "error" -> refusal(parser);
      default -> parser.skipChildren();
    }
  }

  private void content(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "modelTurn" -> fields(parser, this::turn);
      case "inputTranscription" -> {
        Fragment fragment = fragment(parser);
        if (!fragment.text.isEmpty()) {
          parts.add(new ServerPart.InputText(fragment.text, fragment.languageCode));
        }
      }
      case "outputTranscription" -> {
        Fragment fragment = fragment(parser);
        if (!fragment.text.isEmpty()) {
          parts.add(new ServerPart.OutputText(fragment.text, fragment.languageCode));
        }
      }
      default -> parser.skipChildren();
    }
  }

  private void turn(String field, JsonParser parser) throws IOException {
    if (!field.equals("parts") || parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      fields(
          parser,
          (name, value) -> {
            if (name.equals("inlineData")) {
              sound(value);
            } else {
              value.skipChildren();
            }
          });
    }
  }

  /** The type may come after the data. */
  private void sound(JsonParser parser) throws IOException {
    String[] type = {SOUND_TYPE};
    fields(
        parser,
        (field, value) -> {
          if (field.equals("data") && value.currentToken() == JsonToken.VALUE_STRING) {
            decode(value);
          } else if (field.equals("mimeType")) {
            type[0] = text(value);
          } else {
            value.skipChildren();
          }
        });
    if (!isOurSound(type[0])) {
      pcm.reset();
      parts.add(new ServerPart.Unreadable("output that is not sound at 24 kHz"));
      return;
    }
    short[] samples = pcm.take();
    if (samples.length > 0) {
      parts.add(new ServerPart.Sound(samples));
    }
    if (pcm.wasOdd()) {
      parts.add(new ServerPart.Unreadable("sound cut in the middle of a sample"));
    }
  }

  /** The parser throws more than it declares at a sign that is not of the code. */
  private void decode(JsonParser parser) throws IOException {
    try {
      parser.readBinaryValue(pcm);
    } catch (IllegalArgumentException e) {
      throw new IOException("not base64", e);
    }
  }

  private static boolean isOurSound(String type) {
    return type.startsWith(SOUND_TYPE) && (!type.contains("rate=") || type.contains(SOUND_RATE));
  }

  private static final class Fragment {
    private String text = "";
    private @Nullable String languageCode;
  }

  private static Fragment fragment(JsonParser parser) throws IOException {
    Fragment fragment = new Fragment();
    fields(
        parser,
        (field, value) -> {
          switch (field) {
            case "text" -> fragment.text = text(value);
            case "languageCode" -> {
              String code = text(value);
              fragment.languageCode = code.isEmpty() ? null : code;
            }
            default -> value.skipChildren();
          }
        });
    return fragment;
  }

  private void usage(JsonParser parser) throws IOException {
    long[] tokens = new long[2];
    fields(
        parser,
        (field, value) -> {
          switch (field) {
            case "promptTokenCount" -> tokens[0] = number(value);
            case "responseTokenCount" -> tokens[1] = number(value);
            default -> value.skipChildren();
          }
        });
    parts.add(new ServerPart.Tokens(tokens[0], tokens[1]));
  }

  private void resumption(JsonParser parser) throws IOException {
    String[] handle = {""};
    boolean[] resumable = new boolean[1];
    fields(
        parser,
        (field, value) -> {
          switch (field) {
            case "newHandle" -> handle[0] = text(value);
            case "resumable" -> resumable[0] = value.currentToken() == JsonToken.VALUE_TRUE;
            default -> value.skipChildren();
          }
        });
    parts.add(new ServerPart.Resumption(handle[0], resumable[0] && !handle[0].isEmpty()));
  }

  private void goAway(JsonParser parser) throws IOException {
    List<Duration> timeLeft = new ArrayList<>(1);
    fields(
        parser,
        (field, value) -> {
          if (field.equals("timeLeft")) {
            ProtoDuration.parse(text(value)).ifPresent(timeLeft::add);
          } else {
            value.skipChildren();
          }
        });
    parts.add(new ServerPart.GoAway(timeLeft.stream().findFirst()));
  }

  private void refusal(JsonParser parser) throws IOException {
    long[] code = new long[1];
    String[] message = {"no reason given"};
    fields(
        parser,
        (field, value) -> {
          switch (field) {
            case "code" -> code[0] = number(value);
            case "message" -> message[0] = text(value);
            default -> value.skipChildren();
          }
        });
    parts.add(new ServerPart.Refusal((int) code[0], message[0]));
  }

  /** Goes through an object; what should be one and is not, is skipped. */
  private static void fields(JsonParser parser, FieldReader reader) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      reader.read(field, parser);
    }
  }

  /** The text the parser stands on; empty if it is none. */
  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }

  /** The number the parser stands on; 0 if it is none. */
  private static long number(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return parser.getValueAsLong();
    }
    parser.skipChildren();
    return 0;
  }
}
