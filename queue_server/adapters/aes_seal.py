"""Seals texts with AES-256-GCM: unreadable without the key, and any change is noticed."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from queue_server.use_cases.home_visit_desk import CannotBeOpened

NONCE_BYTES = 12


class AesSeal:
    """A nonce of 96 random bits stands before each sealed text."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, text: str, about: str) -> bytes:
        """The sealed text, bound to `about`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), about.encode())

    def open(self, sealed: bytes, about: str) -> str:
        """The text.

        Raises:
            CannotBeOpened: another key, another `about`, or changed.
        """
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, body, about.encode()).decode()
        except (InvalidTag, ValueError):
            raise CannotBeOpened(f"what is sealed about {about} cannot be opened") from None
