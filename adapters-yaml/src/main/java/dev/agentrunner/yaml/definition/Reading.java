package dev.agentrunner.yaml.definition;

import dev.agentrunner.yaml.schema.SchemaCheck;
import dev.agentrunner.yaml.source.Problems;

/** What is needed wherever a file is read. */
record Reading(Problems problems, Environment environment, TemplateReader templates, SchemaCheck schemas) {}
