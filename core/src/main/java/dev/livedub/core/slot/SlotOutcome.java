package dev.livedub.core.slot;

import java.util.Optional;

/**
 * What became of one slot on air.
 *
 * @param index number of the slot: it begins at this many slot lengths on the output timeline
 * @param reason why it fell back; empty for the other statuses
 */
public record SlotOutcome(long index, SlotStatus status, Optional<FallbackReason> reason) {}
