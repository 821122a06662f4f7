package dev.agentrunner.workspace;

import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.CommandResult;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.spi.workspace.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A command as it is when nobody takes care: what it starts goes on. */
record LeavingCommand(Process process, Path output) implements RunningCommand {

    static LeavingCommand start(Workspace workspace, Command command) {
        try {
            Path output = Files.createTempFile("leaving", "");
            return new LeavingCommand(
                    new ProcessBuilder(command.argv())
                            .directory(workspace.directory().toFile())
                            .redirectOutput(output.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start(),
                    output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CommandResult await() throws InterruptedException {
        // long enough to see what goes on, and not so long that tests take a day
        process.waitFor(5, TimeUnit.SECONDS);
        CommandResult.Output said = new Said(text());
        return new CommandResult(process.isAlive() ? -1 : process.exitValue(), said, said);
    }

    private String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private record Said(String text) implements CommandResult.Output {

        @Override
        public long size() {
            return text.length();
        }

        @Override
        public long written() {
            return text.length();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
