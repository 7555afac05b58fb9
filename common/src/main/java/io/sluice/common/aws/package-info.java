/**
 * From settings to AWS clients: region, endpoints, credentials and the role to assume, alike in
 * both processes.
 */
package io.sluice.common.aws;
