"""The queue server of one office: what is decided, kept and shown."""
