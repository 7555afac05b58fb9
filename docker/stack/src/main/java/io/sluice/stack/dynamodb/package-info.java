/**
 * DynamoDB, where the Kinesis Client Library keeps its leases: AWS's own DynamoDB Local, beside the
 * Kinesis stand-in.
 */
package io.sluice.stack.dynamodb;
