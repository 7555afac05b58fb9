/**
 * The actions of the Kinesis API as typed calls: each checks its request as Kinesis does, acts on
 * the store and gives the answer. Between the wire ({@code protocol}) and the {@code store}.
 */
package io.sluice.stack.kinesis.operation;
