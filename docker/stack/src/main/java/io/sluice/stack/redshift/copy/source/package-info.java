/** Where COPY's bytes come from: object URLs, manifests and prefixes, and what unpacks them. */
package io.sluice.stack.redshift.copy.source;
