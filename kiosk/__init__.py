"""Everything that stands in front of people: kiosk screen, printer, keypad, number display."""
