package dev.agentrunner.ollama.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.llm.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GunzipTest {

    @Property(tries = 300)
    void what_was_packed_comes_out_however_it_is_chunked(
            @ForAll @Size(max = 20_000) byte[] bytes, @ForAll @IntRange(min = 1, max = 5000) int piece)
            throws IOException {
        assertThat(unpacked(packed(bytes), piece)).isEqualTo(bytes);
    }

    @Property(tries = 300)
    void what_was_cut_or_changed_is_noticed(
            @ForAll @Size(min = 1, max = 2000) byte[] bytes,
            @ForAll @IntRange(min = 0) int place,
            @ForAll @IntRange(min = 1, max = 255) int change)
            throws IOException {
        byte[] packed = packed(bytes);
        int at = place % packed.length;
        assertBroken(Arrays.copyOf(packed, at));

        // the time, the flags for hurry and the system in the header mean nothing for the bytes
        if (at < 4 || at > 9) {
            packed[at] ^= (byte) change;
            try {
                assertThat(unpacked(packed, 100)).isEqualTo(bytes);
            } catch (ModelException e) {
                assertThat(e.kind()).isEqualTo(ModelException.Kind.MALFORMED);
            }
        }
    }

    @Example
    void all_that_a_header_may_have_is_skipped() throws IOException {
        byte[] packed = packed(new byte[] {1, 2, 3});
        ByteArrayOutputStream full = new ByteArrayOutputStream();
        full.write(packed, 0, 3);
        full.write(2 | 4 | 8 | 16);
        full.write(packed, 4, 6);
        full.write(new byte[] {3, 0, 'e', 'x', 't'});
        full.write(new byte[] {'n', 'a', 'm', 'e', 0, 'c', 0, 7, 7});
        full.write(packed, 10, packed.length - 10);

        assertThat(unpacked(full.toByteArray(), 1)).containsExactly(1, 2, 3);
    }

    @Example
    void bytes_after_the_end_are_noticed() throws IOException {
        byte[] packed = packed(new byte[] {1});
        assertBroken(Arrays.copyOf(packed, packed.length + 1));
        assertBroken("<html>".getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertBroken(byte[] packed) {
        assertThatThrownBy(() -> unpacked(packed, 100))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.MALFORMED));
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(byte[] packed, int piece) {
        Gunzip gunzip = new Gunzip();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (int at = 0; at < packed.length; at += piece) {
                gunzip.feed(ByteBuffer.wrap(packed, at, Math.min(piece, packed.length - at)), unpacked -> {
                    byte[] part = new byte[unpacked.remaining()];
                    unpacked.get(part);
                    out.writeBytes(part);
                });
            }
            gunzip.end();
        } finally {
            gunzip.close();
        }
        return out.toByteArray();
    }
}
