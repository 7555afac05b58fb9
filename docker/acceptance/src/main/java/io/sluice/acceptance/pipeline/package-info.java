/**
 * The whole pipeline on one machine: the built artifacts as processes of their own, the stand-ins
 * that they meet, records to put into the stream, and counts at every stage.
 */
package io.sluice.acceptance.pipeline;
