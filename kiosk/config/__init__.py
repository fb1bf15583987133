"""Configuration of a kiosk and of a counter."""
