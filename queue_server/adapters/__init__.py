"""The outside world: store, broker, clock, predictor; one vendor library per file."""
