/** A week in which everything goes wrong, as the operator meets it. */
package io.sluice.acceptance.badweek;
