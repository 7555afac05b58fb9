/** The command line: arguments in, exit codes out; thin over everything else. */
package io.sluice.loader.cli;
