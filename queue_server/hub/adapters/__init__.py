"""Event log, stream and database, one vendor library per file."""
