"""Printers, keypads, number displays and gateways; one vendor library per file."""
