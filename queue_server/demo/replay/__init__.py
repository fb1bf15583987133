"""A real ticket log, played through the running system."""
