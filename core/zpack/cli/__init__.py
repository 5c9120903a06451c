"""The command line: one file a verb, terminal progress, JSON, exit codes."""
