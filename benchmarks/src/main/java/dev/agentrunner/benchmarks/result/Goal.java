package dev.agentrunner.benchmarks.result;

/**
 * Something that was to be reached.
 *
 * @param workload such as {@code W1}
 * @param wanted such as {@code at least 15 times the runs per second of DBOS Transact at 500 at once}
 * @param measured such as {@code 17.3 times}
 * @param isReached whether it was
 */
public record Goal(String workload, String wanted, String measured, boolean isReached) {

    /** That a figure is at least so much. */
    public static Goal atLeast(String workload, String what, double wanted, double measured, String unit) {
        return new Goal(
                workload,
                what + ": at least " + Result.number(wanted) + " " + unit,
                Result.number(measured) + " " + unit,
                measured >= wanted);
    }

    /** That a figure is at most so much. */
    public static Goal atMost(String workload, String what, double wanted, double measured, String unit) {
        return new Goal(
                workload,
                what + ": at most " + Result.number(wanted) + " " + unit,
                Result.number(measured) + " " + unit,
                measured <= wanted);
    }
}
