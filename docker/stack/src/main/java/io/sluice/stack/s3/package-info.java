/**
 * The S3 stand-in: s3proxy on loopback, objects in memory or in a folder. Where the writer's files
 * and manifests land and the warehouse's COPY reads them.
 */
package io.sluice.stack.s3;
