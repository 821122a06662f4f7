package dev.agentrunner.spi.workspace;

/** Is told what a program writes. */
@FunctionalInterface
public interface OutputListener {

    /** Whoever does not want to be told. */
    OutputListener NONE = (stream, text) -> {};

    /** The two streams. */
    enum Stream {
        STDOUT,
        STDERR
    }

    /**
     * Is told of more.
     *
     * @param text a part of what was written: any number of characters, never half of one
     */
    void output(Stream stream, String text);
}
