/**
 * What stands before S3, SQS and DynamoDB: an HTTP server that passes every call on to the stand-in
 * behind it, unless an order says otherwise. Kinesis and Redshift, which are our own, ask for their
 * faults themselves.
 */
package io.sluice.stack.front;
