package dev.livedub.orchestrator.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Leaves our own names alone: they are given as Prometheus is to show them, units and all. Names of
 * Micrometer's binders, which are dotted, are turned into Prometheus' style.
 */
final class MetricNames implements NamingConvention {

  private static final Pattern OURS = Pattern.compile("(worker|orchestrator|egress)_[a-z0-9_]+");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final NamingConvention others = new PrometheusNamingConvention();

  @Override
  public String name(String name, Meter.Type type, @Nullable String baseUnit) {
    return OURS.matcher(name).matches() ? name : others.name(name, type, baseUnit);
  }

  @Override
  public String tagKey(String key) {
    return LABEL.matcher(key).matches() ? key : others.tagKey(key);
  }

  @Override
  public String tagValue(String value) {
    return value;
  }
}
