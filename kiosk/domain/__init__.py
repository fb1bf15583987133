"""Pure rules of kiosk and counter: sessions, slips, key presses."""
