"""Forecasts of the waiting time."""
