package dev.agentrunner.server.config;

import java.util.Locale;

/**
 * All settings. The constant's name says how each is spelled: {@code DB_URL} is the variable {@code AGENT_RUNNER_DB_URL},
 * the flag {@code --db-url}, and the key {@code db-url} in a file.
 */
public enum Setting {
    CONFIG(Kind.TEXT, "", "File with settings, one 'key = value' a line"),
    HOST(Kind.TEXT, "127.0.0.1", "Address that the server listens on; other than this machine's own only with auth"),
    PORT(Kind.number(0, 65_535), "8080", "Port that the server listens on; 0: any that is free"),
    DATA(Kind.TEXT, "data", "Folder for the SQLite file, artifacts and workspaces"),
    DB_URL(Kind.TEXT, "", "A PostgreSQL database instead of the SQLite file: jdbc:postgresql://host/name"),
    DB_USER(Kind.TEXT, "", "Who signs in to the database"),
    DB_PASSWORD(Kind.SECRET, "", "Password for the database"),
    ARTIFACTS(
            Kind.TEXT,
            "",
            "Where artifact bytes live: db: or file:/shared/folder; empty: files in the data folder"
                    + " with SQLite, the database with PostgreSQL"),
    WORKFLOWS(Kind.TEXT, "workflows", "Folder of workflow files"),
    WORKFLOW_ENV(Kind.NAMES, "", "Variables of the environment that workflow files may read"),
    OLLAMA_HOST(
            Kind.TEXT,
            "",
            "Where Ollama answers, in any form that Ollama itself takes; empty:" + " http://127.0.0.1:11434"),
    WORKERS(Kind.number(0, 10_000), "64", "How many runs this node executes at once; 0: it serves the API only"),
    AUTH(
            Kind.oneOf("none", "keys"),
            "none",
            "Who may call the API: none: whoever reaches it; keys: holders of API keys"),
    ALLOWED_HOSTS(Kind.NAMES, "", "Names, beside those of this machine, under which the server is called"),
    SECRETS(
            Kind.NAMES,
            "",
            "Variables of the environment whose values are taken out of all that is stored or shown;"
                    + " those that end in _KEY, _TOKEN, _SECRET or _PASSWORD are in any case"),
    LLM_HEARTBEAT(Kind.DURATION, "15s", "How often a model's answer under way is recorded"),
    NODE_HEARTBEAT(Kind.DURATION, "2s", "How often this node says that it is alive"),
    NODE_TIMEOUT(Kind.DURATION, "10s", "Silence after which a node counts as dead; at least two heartbeats"),
    CANCEL_GRACE(Kind.DURATION, "10s", "How long a canceled step may go on before it is left to itself"),
    DRAIN_GRACE(Kind.DURATION, "10s", "How long steps may go on when the server is told to stop"),
    MAX_RECOVERIES(Kind.number(0, 10_000), "10", "How often a run may be taken over from a dead node before it fails"),
    RETENTION(Kind.DURATION, "", "Runs that finished so long ago are purged; empty: none"),
    LOG_LEVEL(Kind.oneOf("error", "warn", "info", "debug", "trace"), "info", "What the server logs"),
    LOG_FORMAT(Kind.oneOf("text", "json"), "text", "How it does: lines for people, or a JSON object a line"),
    URL(Kind.TEXT, "", "Server that commands talk to; empty: they work on the store itself"),
    KEY(Kind.SECRET, "", "API key that commands send to the server");

    static final String PREFIX = "AGENT_RUNNER_";

    private final Kind kind;
    private final String standard;
    private final String about;

    Setting(Kind kind, String standard, String about) {
        this.kind = kind;
        this.standard = standard;
        this.about = about;
    }

    public Kind kind() {
        return kind;
    }

    /** The value if nothing says otherwise; often empty. */
    public String standard() {
        return standard;
    }

    public String about() {
        return about;
    }

    /** In a file, and after {@code --}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In the environment. Ollama's variable is Ollama's own. */
    public String variable() {
        return this == OLLAMA_HOST ? "OLLAMA_HOST" : PREFIX + name();
    }

    /** Secrets are no flags, because everybody on a machine can read them: the flag names a file. */
    public String flag() {
        return "--" + key() + (kind.secret() ? "-file" : "");
    }
}
