package dev.livedub.bench.gemini;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.gemini.session.LiveSession;
import dev.livedub.gemini.session.LiveSessionFactory;
import dev.livedub.gemini.session.SessionEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** livedub's session. */
final class OwnSpeaker implements Speaker {

  private final LiveSession session;
  private final AtomicLong heardSamples = new AtomicLong();

  OwnSpeaker(LiveSessionFactory sessions) {
    session = sessions.create(Optional.empty());
    session.open(this::hear);
  }

  @Override
  public void say(short[] samples, long mediaMicros) {
    session.send(new SpeechChunk(mediaMicros, samples));
  }

  @Override
  public long heardSamples() {
    return heardSamples.get();
  }

  @Override
  public void close() {
    session.close();
  }

  private void hear(SessionEvent event) {
    if (event instanceof SessionEvent.Audio audio) {
      heardSamples.addAndGet(audio.samples24k().length);
    }
  }
}
