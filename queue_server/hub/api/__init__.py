"""The city board over HTTP."""
