/** {@code inventory-v1}: walks a directory in parallel steps, counts and hashes, and writes two reports. */
@NullMarked
package dev.agentrunner.examples.inventory;

import org.jspecify.annotations.NullMarked;
