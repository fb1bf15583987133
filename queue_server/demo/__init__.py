"""A whole office in one command: virtual citizens, clerks and devices over the real paths."""
