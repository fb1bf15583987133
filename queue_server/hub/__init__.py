"""Many offices: what happened in each is relayed, collected, and shown to a city."""
