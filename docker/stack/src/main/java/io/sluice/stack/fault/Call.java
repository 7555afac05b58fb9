package io.sluice.stack.fault;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * One call to a stand-in, as orders see it.
 *
 * @param operation the action by its name in the service's API, such as {@code PutObject} or {@code
 *     ReceiveMessage}; for Redshift {@code CONNECT}, {@code GetObject} (of a COPY), or a statement
 *     by its first word
 * @param resource what it is about: {@code bucket/key}, the name of a queue, table or stream, the
 *     table of a statement without its schema, the user of a login; empty if the call names nothing
 * @param status the HTTP status of the answer, once there is one
 */
public record Call(StandIn standIn, String operation, String resource, OptionalInt status) {
  public Call {
    requireNonNull(standIn, "standIn");
    requireNonNull(operation, "operation");
    requireNonNull(resource, "resource");
    requireNonNull(status, "status");
  }

  /** A call that has no answer yet. */
  public static Call of(StandIn standIn, String operation, String resource) {
    return new Call(standIn, operation, resource, OptionalInt.empty());
  }

  /** The same call when its answer is known. */
  public Call answered(int status) {
    return new Call(standIn, operation, resource, OptionalInt.of(status));
  }
}
