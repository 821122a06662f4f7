package dev.agentrunner.benchmarks.alone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The clients of {@link FanOut}: many sockets that follow one stream, in one thread. */
final class FanOutClients {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final byte[] MOMENT = ("\"" + FanOut.MICROS + "\":").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "event: end\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HELLO = "retry: 2000\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
    private final List<Double> delays = new ArrayList<>();
    private int greeted;
    private int ended;
    private int lost;

    /** Finds texts in what one socket brings, wherever it is cut. */
    private final class Follower {

        private final Search hello = new Search(HELLO);
        private final Search end = new Search(END);
        private final Search moment = new Search(MOMENT);
        private long number = -1; // the digits so far of a moment; -1: none is being read
        private boolean over;

        void take(byte b, long now) {
            if (number >= 0) {
                if (b >= '0' && b <= '9') {
                    number = number * 10 + (b - '0');
                    return;
                }
                delays.add((now - number) / 1e3);
                number = -1;
            }
            if (moment.completes(b)) {
                number = 0;
            }
            greeted += hello.completes(b) ? 1 : 0;
            if (end.completes(b)) {
                over = true;
                ended++;
            }
        }
    }

    /** Looks for a text whose first byte does not recur in it, or recurs only where starting over there is right. */
    private static final class Search {

        private final byte[] wanted;
        private int found;

        Search(byte[] wanted) {
            this.wanted = wanted;
        }

        boolean completes(byte b) {
            found = b == wanted[found] ? found + 1 : b == wanted[0] ? 1 : 0;
            if (found < wanted.length) {
                return false;
            }
            found = 0;
            return true;
        }
    }

    private FanOutClients() throws IOException {}

    /** Arguments: port, path, number of clients. */
    public static void main(String[] args) throws IOException {
        new FanOutClients().follow(Integer.parseInt(args[0]), args[1], Integer.parseInt(args[2]), new Parent());
    }

    private void follow(int port, String path, int clients, Parent parent) throws IOException {
        for (int i = 0; i < clients; i++) {
            connect(port, path);
            while (greeted + lost < i - 50) { // a server's queue of those that it has not accepted yet is bounded
                read();
            }
        }
        while (greeted + lost < clients) {
            read();
        }
        parent.say("connected", greeted);
        while (ended + lost < clients) {
            read();
        }
        Shares shares =
                new Shares(delays.stream().mapToDouble(Double::doubleValue).toArray());
        parent.say("events", shares.count());
        parent.say("lost", lost);
        parent.say("p50", shares.p50());
        parent.say("p99", shares.p99());
        parent.say("worst", shares.at(1));
    }

    private void connect(int port, String path) throws IOException {
        SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n";
        socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_READ, new Follower());
    }

    private void read() throws IOException {
        selector.select(this::read);
    }

    private void read(SelectionKey key) {
        Follower follower = (Follower) key.attachment();
        try {
            int count = ((SocketChannel) key.channel()).read(buffer.clear());
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, CLOCK.instant());
            buffer.flip();
            while (buffer.hasRemaining()) {
                follower.take(buffer.get(), now);
            }
            if (count < 0) {
                leave(key, follower);
            }
        } catch (IOException e) {
            leave(key, follower);
        }
    }

    private void leave(SelectionKey key, Follower follower) {
        lost += follower.over ? 0 : 1;
        key.cancel();
    }
}
