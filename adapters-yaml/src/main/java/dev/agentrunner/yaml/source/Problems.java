package dev.agentrunner.yaml.source;

import dev.agentrunner.yaml.problem.Problem;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file; past a hundred problems the rest is left out. Not thread-safe. */
public final class Problems {

    private static final int MOST = 100;

    private final SourceText source;
    private final List<Problem> found = new ArrayList<>();

    Problems(SourceText source) {
        this.source = source;
    }

    /**
     * Notes a problem.
     *
     * @param offset in the file's text; that of a value or a key
     */
    public void add(int offset, String message) {
        if (!isFull()) {
            Problem problem = source.place(offset).problem(source.file(), message);
            if (!found.contains(problem)) {
                found.add(problem);
            }
        }
    }

    /** Whether more problems would be left out, so that there is no use in looking for them. */
    public boolean isFull() {
        return found.size() == MOST;
    }

    public void add(Value value, String message) {
        add(value.offset(), message);
    }

    /** About a character of a text, which may be written in more than one way. */
    public void add(Scalar text, int index, String message) {
        if (!isFull()) {
            add(source.offset(text, index), message);
        }
    }

    public Place place(Value value) {
        return source.place(value.offset());
    }

    public int size() {
        return found.size();
    }

    /**
     * Ends the reading of a file that has problems.
     *
     * @throws WorkflowFileException if there is any problem
     */
    public void check() {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new WorkflowFileException(source.file(), found);
        }
    }

    /** For what leaves nothing to go on with. */
    WorkflowFileException fatal(int offset, String message) {
        add(offset, message);
        check();
        throw new IllegalStateException("a problem was just added");
    }
}
