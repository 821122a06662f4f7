/** The demo: runs {@code inventory-v1} where one can watch it, and kills it when asked to. */
@NullMarked
package dev.agentrunner.examples.demo;

import org.jspecify.annotations.NullMarked;
