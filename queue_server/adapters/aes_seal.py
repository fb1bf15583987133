"""Seals texts with AES-256-GCM: unreadable without the key, and any change is noticed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from queue_server.use_cases.home_visit_desk import CannotBeOpened

NONCE_BYTES = 12
MARK = b"mc1:"
ID_BYTES = 8
HEAD_BYTES = len(MARK) + ID_BYTES


def key_id(key: bytes) -> bytes:
    """Names a key without showing it."""
    return hashlib.sha256(b"motcua key " + key).digest()[:ID_BYTES]


class AesSeal:
    """Seals with one key, opens with it and with those it replaced.

    A mark, the key's id and a nonce of 96 random bits stand before each sealed text; what was
    sealed before keys had names begins with the nonce, and every key is tried on it.
    """

    def __init__(self, key: bytes, retired: Sequence[bytes] = ()) -> None:
        self._id = key_id(key)
        self._ciphers = {key_id(one): AESGCM(one) for one in (key, *retired)}

    def close(self, text: str, about: str) -> bytes:
        """The sealed text, bound to `about`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._ciphers[self._id].encrypt(nonce, text.encode(), about.encode())
        return MARK + self._id + nonce + sealed

    def open(self, sealed: bytes, about: str) -> str:
        """The text.

        Raises:
            CannotBeOpened: another key, another `about`, or changed.
        """
        named = self._ciphers.get(sealed[len(MARK) : HEAD_BYTES])
        tries = [(cipher, sealed) for cipher in self._ciphers.values()]
        if sealed.startswith(MARK) and named is not None:
            tries.insert(0, (named, sealed[HEAD_BYTES:]))
        for cipher, body in tries:
            try:
                plain = cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], about.encode())
                return plain.decode()
            except (InvalidTag, ValueError):
                continue
        raise CannotBeOpened(f"what is sealed about {about} cannot be opened") from None

    def is_newest(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it."""
        return sealed.startswith(MARK + self._id)
