/** What every engine that is measured has to do, and the program that makes it do so in a JVM of its own. */
@NullMarked
package dev.agentrunner.contest;

import org.jspecify.annotations.NullMarked;
