/**
 * The commit of the writer's data path, in the driver: what the tasks landed becomes a manifest,
 * and the manifest is appended to the log. Before that nothing is real, after it everything is.
 */
package io.sluice.writer.commit;
