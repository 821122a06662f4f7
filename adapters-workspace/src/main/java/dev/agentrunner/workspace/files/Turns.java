package dev.agentrunner.workspace.files;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lets those who change a directory take turns, however many times it was opened: a directory in it is made by moving an
 * empty one into place, which would replace one that somebody else has just made. A few locks serve all directories.
 */
final class Turns {

    private static final List<Lock> LOCKS =
            Stream.<Lock>generate(ReentrantLock::new).limit(256).toList();

    private Turns() {}

    static Lock of(Path directory) {
        return LOCKS.get(Math.floorMod(directory.hashCode(), LOCKS.size()));
    }
}
