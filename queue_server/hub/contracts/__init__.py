"""What leaves an office, and under which names it travels."""
