package dev.agentrunner.workspace.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class CharactersTest {

    private static String decoded(byte[] bytes, List<Integer> cuts) {
        Characters characters = new Characters(bytes.length + 1);
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int cut : cuts) {
            int length = Math.floorMod(cut, bytes.length - at + 1);
            String part = characters.add(Arrays.copyOfRange(bytes, at, at + length), length);
            if (!part.isEmpty()) {
                assertThat(Character.isHighSurrogate(part.charAt(part.length() - 1)))
                        .isFalse();
            }
            text.append(part);
            at += length;
        }
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        return text.append(characters.add(rest, rest.length))
                .append(characters.end())
                .toString();
    }

    @Property
    void bytes_give_the_same_characters_however_they_come(
            @ForAll byte[] bytes, @ForAll @Size(max = 8) List<Integer> cuts) {
        assertThat(decoded(bytes, cuts)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property
    void text_stays_as_it_is(@ForAll String text, @ForAll @Size(max = 8) List<Integer> cuts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(decoded(bytes, cuts)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }
}
