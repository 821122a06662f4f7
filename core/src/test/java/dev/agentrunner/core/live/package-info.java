@org.jspecify.annotations.NullMarked
package dev.agentrunner.core.live;
