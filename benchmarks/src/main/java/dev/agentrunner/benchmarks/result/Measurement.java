package dev.agentrunner.benchmarks.result;

/** One of the workloads. */
public interface Measurement {

    /** Such as {@code W8, a million finished runs}. */
    String name();

    /**
     * Measures. Says how it goes on the standard error, and nothing on the standard output.
     *
     * @param quick whether a minute is to be enough; else it may take several
     */
    Findings take(boolean quick) throws Exception;
}
