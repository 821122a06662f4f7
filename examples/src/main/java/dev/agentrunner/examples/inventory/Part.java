package dev.agentrunner.examples.inventory;

import java.util.List;

/** What one step found below one entry of the directory. */
public record Part(String name, List<FileEntry> files) {

    public long bytes() {
        return files.stream().mapToLong(FileEntry::size).sum();
    }
}
