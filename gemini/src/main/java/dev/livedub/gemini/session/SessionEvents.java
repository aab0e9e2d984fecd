package dev.livedub.gemini.session;

import dev.livedub.core.translate.TranslatorEvent.Transcript.Side;
import dev.livedub.gemini.protocol.ServerPart;
import java.util.Optional;

/** Turns what the service says into what a session says. */
final class SessionEvents {

  private SessionEvents() {}

  /** The event; empty for what only the session itself has to know. */
  static Optional<SessionEvent> of(ServerPart part) {
    if (part instanceof ServerPart.Sound sound) {
      return Optional.of(new SessionEvent.Audio(sound.samples24k()));
    }
    if (part instanceof ServerPart.InputText said) {
      return Optional.of(
          new SessionEvent.Transcript(Side.SOURCE, said.text(), said.languageCode()));
    }
    if (part instanceof ServerPart.OutputText said) {
      return Optional.of(
          new SessionEvent.Transcript(Side.TARGET, said.text(), said.languageCode()));
    }
    if (part instanceof ServerPart.Tokens tokens) {
      return Optional.of(new SessionEvent.Usage(tokens.input(), tokens.output()));
    }
    if (part instanceof ServerPart.Resumption update) {
      return Optional.of(new SessionEvent.Handle(update.handle(), update.resumable()));
    }
    if (part instanceof ServerPart.GoAway goAway) {
      return Optional.of(new SessionEvent.GoAway(goAway.timeLeft()));
    }
    if (part instanceof ServerPart.Unreadable unreadable) {
      return Optional.of(new SessionEvent.Trouble(unreadable.what(), null));
    }
    return Optional.empty();
  }
}
