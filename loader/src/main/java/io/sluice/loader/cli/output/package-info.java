/** What commands answer: a table for people, JSON or CSV for programs. */
package io.sluice.loader.cli.output;
