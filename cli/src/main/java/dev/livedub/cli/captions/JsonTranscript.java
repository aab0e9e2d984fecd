package dev.livedub.cli.captions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.livedub.core.caption.Caption;
import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One JSON object a line for each sentence of both sides. */
final class JsonTranscript implements CaptionFormat {

  private final JsonFactory factory = new JsonFactory();
  private final String targetLanguageTag;

  JsonTranscript(String targetLanguageTag) {
    this.targetLanguageTag = targetLanguageTag;
  }

  @Override
  public String header() {
    return "";
  }

  @Override
  public String entry(Caption caption) {
    StringWriter line = new StringWriter(128);
    try (JsonGenerator json = factory.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("startMs", caption.startMicros() / 1_000);
      json.writeNumberField("endMs", caption.endMicros() / 1_000);
      json.writeStringField("side", caption.side().name().toLowerCase(Locale.ROOT));
      String languageTag = languageOf(caption);
      if (languageTag != null) {
        json.writeStringField("lang", languageTag);
      }
      json.writeStringField("text", caption.text());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return line.append('\n').toString();
  }

  /** As detected; the translation's is known without. */
  private @Nullable String languageOf(Caption caption) {
    boolean known = caption.languageTag() != null || caption.side() == Side.SOURCE;
    return known ? caption.languageTag() : targetLanguageTag;
  }
}
