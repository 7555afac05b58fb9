/** What the integration tests share: the stand-ins and the built loader as a process. */
package io.sluice.loader.stack;
