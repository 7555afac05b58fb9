/**
 * Who logs in to the warehouse and with what: a password from the settings, a file, a systemd
 * credential or Secrets Manager, or IAM. It knows nothing of connections.
 */
package io.sluice.loader.login;
