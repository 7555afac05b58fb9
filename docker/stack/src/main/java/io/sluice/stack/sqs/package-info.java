/**
 * The SQS stand-in: ElasticMQ on loopback, queues in memory. Carries the writer's messages to the
 * loader.
 */
package io.sluice.stack.sqs;
