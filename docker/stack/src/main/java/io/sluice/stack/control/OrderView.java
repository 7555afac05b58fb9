package io.sluice.stack.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.Faults.Report;
import io.sluice.stack.fault.Occurrence;

/**
 * An order as JSON shows it, in the words of the form.
 *
 * @param times null for no end
 * @param delayMillis how long it lasts, null for the fault's own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "service", "fault"})
record OrderView(
    long id,
    String service,
    String fault,
    String operation,
    String resource,
    Integer status,
    long after,
    Long times,
    double probability,
    Long delayMillis,
    long fitting,
    long struck,
    boolean spent) {

  static OrderView of(Report report) {
    FaultOrder order = report.order();
    Occurrence occurrence = order.occurrence();
    return new OrderView(
        report.id(),
        order.standIn().wireName(),
        order.fault().wireName(),
        order.calls().operation(),
        order.calls().resource(),
        order.calls().status().isPresent() ? order.calls().status().getAsInt() : null,
        occurrence.skip(),
        occurrence.times() == Occurrence.UNLIMITED ? null : occurrence.times(),
        occurrence.probability(),
        order.delay().map(java.time.Duration::toMillis).orElse(null),
        report.fitting(),
        report.struck(),
        report.isSpent());
  }
}
