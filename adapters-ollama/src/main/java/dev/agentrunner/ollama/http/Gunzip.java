package dev.agentrunner.ollama.http;

import dev.agentrunner.spi.llm.ModelException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks one gzip member (RFC 1952) that comes in pieces, for proxies that compress unasked. {@code GZIPInputStream}
 * would need a thread that waits. Not thread-safe.
 */
final class Gunzip {

    /** The two bytes of magic, and "deflate". */
    private static final int[] BEGIN = {0x1f, 0x8b, 8};

    private static final int CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private enum Step {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        DATA,
        TRAILER,
        END
    }

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] piece = new byte[8192];
    private Step step = Step.FIXED;
    private int flags;
    private int count;
    private long number;

    void feed(ByteBuffer in, Consumer<ByteBuffer> out) {
        while (in.hasRemaining()) {
            if (step == Step.DATA) {
                inflate(in, out);
            } else {
                frame(in.get() & 0xff);
            }
        }
    }

    /** @throws ModelException if the member is not complete */
    void end() {
        if (step != Step.END) {
            throw broken("it ended in the middle");
        }
    }

    void close() {
        inflater.end();
    }

    private void inflate(ByteBuffer in, Consumer<ByteBuffer> out) {
        inflater.setInput(in);
        try {
            while (true) {
                int length = inflater.inflate(piece);
                if (length > 0) {
                    crc.update(piece, 0, length);
                    out.accept(ByteBuffer.wrap(piece, 0, length));
                } else if (inflater.finished()) {
                    go(Step.TRAILER);
                    return;
                } else if (inflater.needsInput()) {
                    return;
                } else {
                    throw broken("it needs a dictionary");
                }
            }
        } catch (DataFormatException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
    }

    private void frame(int octet) {
        int at = count++;
        switch (step) {
            case FIXED -> fixed(at, octet);
            case EXTRA_LENGTH -> {
                number |= (long) octet << (8 * at);
                if (count == 2) {
                    go(number == 0 ? after(EXTRA) : Step.EXTRA);
                }
            }
            case EXTRA -> {
                if (--number == 0) {
                    go(after(EXTRA));
                }
            }
            case NAME -> endAt(octet, NAME);
            case COMMENT -> endAt(octet, COMMENT);
            case HEADER_CRC -> {
                if (count == 2) {
                    go(Step.DATA);
                }
            }
            case TRAILER -> trailer(at, octet);
            default -> throw broken("bytes follow it");
        }
    }

    private void fixed(int at, int octet) {
        if (at < BEGIN.length && octet != BEGIN[at]) {
            throw broken("it does not begin as one");
        }
        if (at == 3) {
            flags = octet;
        }
        if (at == 9) {
            go((flags & EXTRA) != 0 ? Step.EXTRA_LENGTH : after(EXTRA));
        }
    }

    private void trailer(int at, int octet) {
        number |= (long) octet << (8 * at);
        if (at == 3 && number != crc.getValue()) {
            throw broken("its checksum is another one");
        }
        if (at == 7) {
            if (number >>> 32 != (inflater.getBytesWritten() & 0xffffffffL)) {
                throw broken("its length is another one");
            }
            go(Step.END);
        }
    }

    private void endAt(int octet, int part) {
        if (octet == 0) {
            go(after(part));
        }
    }

    private Step after(int part) {
        if (part < NAME && (flags & NAME) != 0) {
            return Step.NAME;
        }
        if (part < COMMENT && (flags & COMMENT) != 0) {
            return Step.COMMENT;
        }
        return (flags & CRC) != 0 ? Step.HEADER_CRC : Step.DATA;
    }

    private void go(Step next) {
        boolean counted = step == Step.EXTRA_LENGTH && next == Step.EXTRA;
        step = next;
        count = 0;
        number = counted ? number : 0;
    }

    private static ModelException broken(String how) {
        return new ModelException(
                ModelException.Kind.MALFORMED, "The server said it sends gzip, but what came is broken: " + how);
    }
}
