"""Names of new appointments and home visits: an id, and a code that people can read and type."""

from __future__ import annotations

import secrets

from queue_server.adapters.ticket_names import ticket_names

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def book_names() -> tuple[str, str]:
    """Id and code. The code has 39 bits of chance and no sign that looks like another."""
    code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
    return ticket_names()[0], code
