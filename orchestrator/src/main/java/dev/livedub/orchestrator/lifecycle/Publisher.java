package dev.livedub.orchestrator.lifecycle;

/**
 * Who publishes a stream. Any part may be empty.
 *
 * @param sourceId MediaMTX's name of the session; another one for another publisher
 * @param sourceType MediaMTX's word for the kind of source, such as {@code rtmpConn}
 * @param query the publisher's query; secrets may be in it
 */
record Publisher(String sourceId, String sourceType, String query) {

  /** Somebody of whom nothing is known. */
  static final Publisher UNKNOWN = new Publisher("", "", "");

  /** Whether both are named and are not the same. */
  boolean differsFrom(String otherId) {
    return !sourceId.isEmpty() && !otherId.isEmpty() && !sourceId.equals(otherId);
  }

  /** Whether both are named and are the same. */
  boolean isSame(String otherId) {
    return !sourceId.isEmpty() && sourceId.equals(otherId);
  }

  @Override
  public String toString() {
    return sourceType + " " + sourceId;
  }
}
