package io.sluice.stack.control;

import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.StandIn;
import org.eclipse.jetty.http.HttpURI;

/** What {@code GET /} says. */
final class Manual {
  private Manual() {}

  static String text(HttpURI address) {
    String url = "http://" + address.getAuthority() + "/faults";
    StringBuilder text = new StringBuilder();
    text.append(
        """
        Faults on demand.

          curl -d service=s3 -d fault=slow-down -d times=3 -d operation=PutObject URL
          curl -d service=sqs -d fault=duplicate -d probability=0.1 URL
          curl -d service=redshift -d fault=lost-after-commit URL
          curl URL                  all orders, how often each has struck, the seed
          curl -X DELETE URL/1      withdraws one, and ends its outage or hold
          curl -X DELETE URL        withdraws all

          curl REQUESTS             how many requests S3 has answered, by operation

        Fields
          service, fault   see below
          operation        only calls of this action, * for any characters (PutObject, Receive*);
                           redshift: CONNECT, GetObject (of a COPY), or a statement:
                           COPY, COMMIT, SELECT, INSERT, UPDATE, DELETE, MERGE, LOCK
          resource         only calls about this: bucket/key, queue, stream, table, user of a login
          after            so many fitting calls pass first (0)
          times            at most so many strikes, or always (1; always with a probability)
          probability      of each fitting call, seeded
          delay            how long: 500ms, 5s, 2m
          status           lost-answer only: answers with this HTTP status
        """
            .replace("REQUESTS", "http://" + address.getAuthority() + "/requests")
            .replace("URL", url));
    for (StandIn standIn : StandIn.values()) {
      text.append("\n").append(standIn.wireName()).append("\n");
      for (Fault fault : Fault.values()) {
        if (fault.isOf(standIn)) {
          text.append("  %-24s %s%n".formatted(fault.wireName(), fault.effect()));
        }
      }
    }
    return text.toString();
  }
}
