/** How people are told things: in the log, in alerts, in the answers of commands. */
package io.sluice.loader.words;
