package dev.agentrunner.http.stream;

import java.io.IOException;
import java.io.OutputStream;

/** Writes piece by piece, so that a client which reads at all is seen to do so. */
final class WatchedOutput extends OutputStream {

    private static final int PIECE = 8 << 10;

    private final OutputStream out;
    private final Stall stall;

    WatchedOutput(OutputStream out, Stall stall) {
        this.out = out;
        this.stall = stall;
    }

    private interface Writing {
        void write() throws IOException;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int done = 0; done < length; done += PIECE) {
            int begin = from + done;
            int size = Math.min(PIECE, length - done);
            watched(() -> out.write(bytes, begin, size));
        }
    }

    @Override
    public void flush() throws IOException {
        watched(out::flush);
    }

    private void watched(Writing writing) throws IOException {
        stall.begin();
        try {
            writing.write();
        } finally {
            stall.end();
        }
    }
}
