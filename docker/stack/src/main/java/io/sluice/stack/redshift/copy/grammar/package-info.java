/** COPY's grammar: from the tokens of a statement to what it orders. */
package io.sluice.stack.redshift.copy.grammar;
