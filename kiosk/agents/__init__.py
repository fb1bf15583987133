"""Processes without a screen: counter, announcer."""
