package dev.agentrunner.engine.prefix;

import java.util.List;

/** One thing that a random workflow does. */
sealed interface Op {

    /** A step; it may leave an event, a log line and an artifact, and may be too large for the log. */
    record Step(boolean telling, boolean large) implements Op {}

    /** A step of which the first attempts fail, or all of so many. */
    record Retried(int failures, boolean forGood, int backoffMillis) implements Op {}

    /** A step that must run at most once; interrupted, it fails, or asks. */
    record Once(boolean asking) implements Op {}

    record Skip() implements Op {}

    record Now() implements Op {}

    record Random() implements Op {}

    record Sleep(int millis) implements Op {}

    /** Waits for a signal, which may have been sent when the run was submitted. */
    record Await(boolean early) implements Op {}

    /** Waits for a signal that never comes. */
    record AwaitInVain(int millis) implements Op {}

    record Log() implements Op {}

    record Emit() implements Op {}

    record Artifact() implements Op {}

    record Parallel(List<List<Op>> branches) implements Op {}

    record MapOver(int items, int concurrency, List<Op> each) implements Op {}

    /** Branches of which one fails. */
    record Broken(int branches, int failing) implements Op {}

    record Call(Program child) implements Op {}
}
