/** The certificate by which a client knows the gateway; comes before a session's first message. */
package io.sluice.stack.redshift.tls;
