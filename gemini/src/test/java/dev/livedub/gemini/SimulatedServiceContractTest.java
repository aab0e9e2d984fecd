package dev.livedub.gemini;

import dev.livedub.core.config.GeminiConfig;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.TranslatorContract;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.gemini.config.ServiceAccess;
import dev.livedub.gemini.config.SessionSettings;
import dev.livedub.gemini.keeper.KeeperSettings;
import dev.livedub.gemini.session.LiveClient;
import dev.livedub.testkit.gemini.GeminiSim;
import dev.livedub.testkit.gemini.GeminiSimOptions;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.SimFault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The port's contract, over real sockets to the strict simulator at the pace of real speech. */
class SimulatedServiceContractTest extends TranslatorContract {

  private static final KeeperSettings SETTINGS = KeeperSettings.of("es");

  private final GeminiSim sim = GeminiSim.start(GeminiSimOptions.builder().build());
  private final LiveClient client = new LiveClient();

  @Override
  protected Translator create() {
    GeminiConfig defaults = GeminiConfig.DEFAULTS;
    GeminiConfig config =
        new GeminiConfig(
            Optional.of(sim.url()),
            defaults.model(),
            defaults.vertex(),
            defaults.budget(),
            defaults.suspendAfter());
    SessionSettings sessions =
        SessionSettings.of(config.model(), SETTINGS.targetLanguage())
            .withEcho(SETTINGS.echoTargetLanguage());
    ServiceAccess access = ServiceAccess.find(config, Map.of("GEMINI_API_KEY", "key"));
    return new GeminiTranslator(
        SETTINGS, client.sessions(access, sessions), "contract", MeterSink.NONE);
  }

  @Override
  protected void stallService() {
    sim.order(
        FaultPlan.live(new SimFault.StopReading(Duration.ofMinutes(1))).afterSetUp(Duration.ZERO));
  }

  @AfterEach
  void freeService() {
    client.close();
    sim.close();
  }
}
