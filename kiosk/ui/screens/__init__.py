"""One question each: a class with its words in `.py`, its arrangement in `.kv`."""
