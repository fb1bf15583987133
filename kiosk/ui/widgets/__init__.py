"""What screens are made of: buttons, cards, icons, keyboard, pages, QR code."""
