/**
 * The bucket, as far as writer and loader need one: a narrow interface in our words and its S3
 * form.
 */
package io.sluice.common.store;
