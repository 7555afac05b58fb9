/**
 * The last step of the writer's data path: the loader is told of each batch by a message on SQS.
 */
package io.sluice.writer.announce;
