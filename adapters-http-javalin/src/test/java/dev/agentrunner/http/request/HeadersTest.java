package dev.agentrunner.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.error.InvalidCursorException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class HeadersTest {

    @Property
    void a_name_never_leaves_its_header(@ForAll String name, @ForAll String mediaType) {
        String header = Disposition.header(name, mediaType);

        assertThat(header)
                .matches("(inline|attachment); filename=\"[ -~&&[^\"\\\\]]+\"; filename\\*=UTF-8''[!-~&&[^\"\\\\;,]]+");
        assertThat(Disposition.mediaType(mediaType)).matches("[!-~]+/[ -~]+");
    }

    @Property
    void a_cursor_comes_back_as_it_was(@ForAll @LongRange(min = 0) long position, @ForAll String list) {
        String cursor = Cursor.write(list, position);

        assertThat(Cursor.read(cursor, list)).isEqualTo(position);
        assertThatThrownBy(() -> Cursor.read(cursor, list + "x")).isInstanceOf(InvalidCursorException.class);
    }

    @Property
    void what_is_no_cursor_is_refused(@ForAll String noise) {
        assertThatThrownBy(() -> Cursor.read(noise, "list")).isInstanceOf(InvalidCursorException.class);
    }

    @Property
    void tags_are_compared_weakly(@ForAll byte[] content, @ForAll byte[] other) {
        String tag = Etag.weak(content);

        assertThat(Etag.matches(tag, tag)).isTrue();
        assertThat(Etag.matches("\"x\" , " + tag.substring(2), tag)).isTrue();
        assertThat(Etag.matches("*", tag)).isTrue();
        assertThat(Etag.matches(Etag.strong(other), tag)).isEqualTo(Arrays.equals(content, other));
    }
}
