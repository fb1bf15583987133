"""What the server, the kiosk, the counters and the web say to each other: the only shared words."""
