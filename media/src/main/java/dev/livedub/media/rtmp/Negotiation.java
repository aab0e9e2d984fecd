package dev.livedub.media.rtmp;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server for a stream, and gives it back: the commands of a publisher (Adobe's RTMP 1.0,
 * 7.2), with those that encoders send besides.
 *
 * <p>Call order: {@link #connect}, {@link #publish}, {@link #unpublish}. <b>Threading:</b> one
 * thread.
 */
final class Negotiation {

  /**
   * As much as fits into the largest chunk that common servers take without a warning (SRS: 65,536
   * bytes): each chunk costs a server a header to parse, and a picture is then one to a few.
   */
  private static final int CHUNK_BYTES = 65_536;

  /** How many bytes the server may send, or take, between acknowledgements. */
  private static final int WINDOW_BYTES = 2_500_000;

  /** Servers tell encoders from players by this name. */
  private static final String ENCODER = "FMLE/3.0 (compatible; livedub)";

  /** Enhanced RTMP v2, FourCcInfoMask: can encode and can forward. */
  private static final int ENCODES_AND_FORWARDS = 2 | 4;

  private final RtmpAddress address;
  private final ChunkWriter out;
  private final ServerMessages server;
  private int transactions;

  Negotiation(RtmpAddress address, ChunkWriter out, ServerMessages server) {
    this.address = address;
    this.out = out;
    this.server = server;
  }

  /**
   * Asks for the application.
   *
   * @param appQuery what proves who we are, perhaps nothing
   * @param fourCcs picture codecs of enhanced RTMP that will be sent
   */
  void connect(String appQuery, Set<String> fourCcs) throws IOException {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("app", address.app() + appQuery);
    properties.put("type", "nonprivate");
    properties.put("flashVer", ENCODER);
    properties.put("tcUrl", address.tcUrl() + appQuery);
    if (!fourCcs.isEmpty()) {
      Map<String, Object> abilities = new LinkedHashMap<>();
      fourCcs.forEach(fourCc -> abilities.put(fourCc, ENCODES_AND_FORWARDS));
      properties.put("fourCcList", List.copyOf(fourCcs));
      properties.put("videoFourCcInfoMap", abilities);
    }
    int transaction = command(ChunkWriter.COMMANDS, 0, "connect", properties);
    out.flush();
    answer(transaction);
  }

  /** Asks for the stream; returns its number once the server waits for media. */
  int publish() throws IOException {
    out.control(MessageType.WINDOW_SIZE, WINDOW_BYTES);
    out.chunkBytes(CHUNK_BYTES);
    command(ChunkWriter.COMMANDS, 0, "releaseStream", null, address.playPath());
    command(ChunkWriter.COMMANDS, 0, "FCPublish", null, address.playPath());
    int transaction = command(ChunkWriter.COMMANDS, 0, "createStream", (Object) null);
    out.flush();
    List<@Nullable Object> created = answer(transaction);
    int streamId = created.size() > 3 && created.get(3) instanceof Double id ? id.intValue() : 1;
    command(ChunkWriter.PUBLISHING, streamId, "publish", null, address.playPath(), "live");
    out.flush();
    awaitStart();
    return streamId;
  }

  /** Ends the stream. */
  void unpublish(int streamId) throws IOException {
    command(ChunkWriter.COMMANDS, 0, "FCUnpublish", null, address.playPath());
    command(ChunkWriter.COMMANDS, 0, "deleteStream", null, streamId);
    out.flush();
  }

  private int command(int chunkStream, int streamId, String name, @Nullable Object... arguments)
      throws IOException {
    transactions++;
    @Nullable Object[] values = new @Nullable Object[2 + arguments.length];
    values[0] = name;
    values[1] = transactions;
    System.arraycopy(arguments, 0, values, 2, arguments.length);
    out.message(chunkStream, MessageType.COMMAND, streamId, Amf0Writer.encode(values));
    return transactions;
  }

  /** Waits for the result; an error of another command, such as releaseStream, does not matter. */
  private List<@Nullable Object> answer(int transaction) throws IOException {
    while (true) {
      List<@Nullable Object> command = server.await();
      if (isAnswer(command, "_result", transaction)) {
        return command;
      }
      check(command, transaction);
    }
  }

  private void awaitStart() throws IOException {
    while (true) {
      List<@Nullable Object> command = server.await();
      if (StatusInfo.in(command).code().equals("NetStream.Publish.Start")) {
        return;
      }
      check(command, transactions);
    }
  }

  private static void check(List<@Nullable Object> command, int transaction) throws RtmpException {
    if (isAnswer(command, "_error", transaction)) {
      throw StatusInfo.in(command).asRefusal();
    }
    Optional<StatusInfo> complaint = StatusInfo.complaint(command);
    if (complaint.isPresent()) {
      throw complaint.get().asRefusal();
    }
  }

  private static boolean isAnswer(List<@Nullable Object> command, String name, int transaction) {
    return command.size() > 1
        && name.equals(command.get(0))
        && command.get(1) instanceof Double number
        && number.intValue() == transaction;
  }
}
