/** Stores in SQLite and PostgreSQL. */
module dev.agentrunner.jdbc {
    requires transitive dev.agentrunner.spi;
    requires transitive java.sql;
    requires java.logging;
    requires flyway.core;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static org.checkerframework.checker.qual;
    requires static org.jspecify;

    exports dev.agentrunner.jdbc;
}
