"""The rules of the office, pure: no clock, no I/O, no vendor library."""
