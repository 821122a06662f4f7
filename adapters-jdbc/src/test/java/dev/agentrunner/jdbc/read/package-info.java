/** Tests of what rows are made of. */
@NullMarked
package dev.agentrunner.jdbc.read;

import org.jspecify.annotations.NullMarked;
