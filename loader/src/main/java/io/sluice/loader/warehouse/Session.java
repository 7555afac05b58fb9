package io.sluice.loader.warehouse;

import java.sql.Connection;
import java.time.Instant;

/**
 * A session of a load.
 *
 * @param openedAt when it logged in
 */
record Session(Connection connection, Instant openedAt) {}
