package io.sluice.stack.redshift.copy.convert;

/** One column of COPY's target. */
public record TargetColumn(String name, ColumnType type, boolean notNull, boolean identity) {}
