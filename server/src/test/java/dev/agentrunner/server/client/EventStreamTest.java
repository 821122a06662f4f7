package dev.agentrunner.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.server.client.EventStream.Message;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class EventStreamTest {

    @Example
    void reads_messages_and_skips_the_rest() throws Exception {
        assertThat(read("retry: 2000\n\n: keep-alive\n\nid: 7\ndata: {}\n\nevent:end\ndata:\n\nevent: cut off"))
                .containsExactly(new Message("7", "message", "{}"), new Message("", "end", ""));
    }

    @Property(tries = 200)
    void every_message_is_read_as_it_was_written(@ForAll @Size(max = 10) List<Integer> seqs) throws Exception {
        StringBuilder text = new StringBuilder();
        seqs.forEach(seq -> text.append("id: ")
                .append(seq)
                .append("\ndata: {\"seq\":")
                .append(seq)
                .append("}\n\n"));

        assertThat(read(text.toString()))
                .containsExactlyElementsOf(seqs.stream()
                        .map(seq -> new Message(Integer.toString(seq), "message", "{\"seq\":" + seq + "}"))
                        .toList());
    }

    private static List<Message> read(String text) throws Exception {
        EventStream stream = new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<Message> all = new ArrayList<>();
        for (Message message = stream.next(); message != null; message = stream.next()) {
            all.add(message);
        }
        return all;
    }
}
