"""What the office does with its rules: one file per business move, and the read models."""
