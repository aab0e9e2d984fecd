package dev.livedub.orchestrator.config;

import java.util.Optional;

/**
 * Where MediaMTX is reached, each without a slash at its end.
 *
 * @param rtsp such as {@code rtsp://mediamtx:8554}
 * @param rtmp such as {@code rtmp://mediamtx:1935}
 * @param api such as {@code http://mediamtx:9997}; empty if streams are known by hooks alone
 */
public record MediaMtxConfig(String rtsp, String rtmp, Optional<String> api) {}
