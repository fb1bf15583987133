"""Ticket logs as columns of numbers: what the models learn from and are measured on."""
