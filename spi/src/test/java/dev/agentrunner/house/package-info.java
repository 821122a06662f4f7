/** Rules that every module's code is held to. */
@NullMarked
package dev.agentrunner.house;

import org.jspecify.annotations.NullMarked;
