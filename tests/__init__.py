"""The tests, a real package: some wheels bring a `tests` of their own, which would win else."""
