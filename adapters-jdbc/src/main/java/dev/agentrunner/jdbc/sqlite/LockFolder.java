package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.NodeId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with one locked file per node. When a file cannot be made or locked, nothing is lost but speed: death is then
 * noticed by the missing heartbeat.
 *
 * <p>Closing any channel of a file gives up all locks that the process has on that file. Therefore a file that is locked
 * by this process is never opened a second time.
 */
final class LockFolder implements NodeLocks {

    private static final Logger LOG = LoggerFactory.getLogger(LockFolder.class);

    /** Files locked by any store of this process. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    /** Channels whose closing would free a lock that belongs to somebody else in this process. */
    private static final Set<FileChannel> NEVER_CLOSED = ConcurrentHashMap.newKeySet();

    private final Path folder;

    /** Guarded by this. */
    private final Map<NodeId, FileChannel> held = new HashMap<>();

    LockFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public synchronized void take(NodeId node) {
        if (held.containsKey(node)) {
            return;
        }
        Path file = file(node);
        try {
            Files.createDirectories(folder);
            FileChannel channel = locked(file);
            if (channel != null) {
                held.put(node, channel);
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .setCause(e)
                    .log("Cannot lock a file for this node; if it dies, that is noticed only by its missing heartbeat");
        }
    }

    /** Locks under another name first: a file with the right name is never seen unlocked. */
    private static @Nullable FileChannel locked(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        OURS.add(file);
        boolean done = false;
        try {
            if (channel.tryLock() != null) {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                done = true;
            }
            return done ? channel : null;
        } finally {
            if (!done) {
                OURS.remove(file);
                channel.close();
            }
        }
    }

    @Override
    public synchronized void release(NodeId node) {
        FileChannel channel = held.remove(node);
        if (channel == null) {
            return;
        }
        Path file = file(node);
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("file", file).setCause(e).log("A lock file of a node that left stays behind");
        } finally {
            OURS.remove(file);
        }
    }

    @Override
    public boolean isGone(NodeId node) {
        Path file = file(node);
        if (OURS.contains(file) || !Files.exists(file)) {
            return false;
        }
        try {
            return isFree(file);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFree(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        boolean close = true;
        try (FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            close = false;
            NEVER_CLOSED.add(channel);
            return false;
        } finally {
            if (close) {
                channel.close();
            }
        }
    }

    @Override
    public void clean(NodeId node) {
        Path file = file(node);
        if (isGone(node)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.atDebug().addKeyValue("file", file).setCause(e).log("A dead node's lock file stays behind");
            }
        }
    }

    @Override
    public synchronized void close() {
        List.copyOf(held.keySet()).forEach(this::abandon);
    }

    /** Unlike a node that leaves, one whose store is closed may still be known and hold runs: its file tells that. */
    private void abandon(NodeId node) {
        FileChannel channel = held.remove(node);
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("node", node).setCause(e).log("A lock file could not be closed");
        } finally {
            OURS.remove(file(node));
        }
    }

    /** Node ids may hold characters that file names cannot. */
    private Path file(NodeId node) {
        return folder.resolve(UUID.nameUUIDFromBytes(node.value().getBytes(StandardCharsets.UTF_8)) + ".lock");
    }
}
