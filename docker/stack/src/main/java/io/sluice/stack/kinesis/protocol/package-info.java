/**
 * The wire: HTTP requests in AWS JSON 1.1 or CBOR 1.1 become typed requests, answers and refusals
 * become bytes again. The first and the last step of every call.
 */
package io.sluice.stack.kinesis.protocol;
