"""What kiosk and counter do: issue a ticket, operate a counter; ports of their devices."""
