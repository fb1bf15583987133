"""The office's configuration file and what it means."""
