/**
 * Reads of the log and the catalog in SQL that both databases understand.
 *
 * <p>Both schemas have the same tables and columns. Beside what the records hold: {@code ar_steps.created_at} is the
 * {@code createdAt} of the commit that first named the step; {@code ar_artifacts.position} grows in the order in which
 * artifacts are made; {@code ar_usage} has a row for each step on which something was spent; {@code ar_run_details.labels} is a JSON object as text ({@link dev.agentrunner.jdbc.sql.Labels}),
 * and {@code ar_run_labels(label, value, run_id)} has the same labels as an index; {@code ar_blobs.complete} is
 * false until all chunks of a blob are there.
 */
@NullMarked
package dev.agentrunner.jdbc.read;

import org.jspecify.annotations.NullMarked;
