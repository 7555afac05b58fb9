/** The words of SQL: one lexer for the dialect's rewriting and for COPY's grammar. */
package io.sluice.stack.redshift.sql;
