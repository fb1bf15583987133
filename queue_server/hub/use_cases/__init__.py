"""Relay, collector, city board: the moves of the hub and what they need from outside."""
