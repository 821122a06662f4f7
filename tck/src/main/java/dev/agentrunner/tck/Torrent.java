package dev.agentrunner.tck;

import java.io.InputStream;

/** A long stream that looks, shortly before its end, at how much of what it gave is still in memory. */
final class Torrent extends InputStream {

    private static final byte[] PIECE = Noise.bytes(1 << 20, 99);

    private final long size;
    private final long heapBefore = usedHeap();
    private long given;
    private long held;

    Torrent(long size) {
        this.size = size;
    }

    /** How many bytes of heap were in use shortly before the end, beyond those at the beginning. */
    long held() {
        return held;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (given == size) {
            return -1;
        }
        int from = (int) (given % PIECE.length);
        int n = (int) Math.min(Math.min(length, PIECE.length - from), size - given);
        System.arraycopy(PIECE, from, target, offset, n);
        if (given < size / 8 * 7 && given + n >= size / 8 * 7) {
            held = usedHeap() - heapBefore;
        }
        given += n;
        return n;
    }

    static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
