package dev.livedub.orchestrator.http.server;

import dev.livedub.orchestrator.api.ProblemCode;

/** A request that is refused before anybody has looked at what it asks for. */
record Refusal(ProblemCode code, String detail) {}
