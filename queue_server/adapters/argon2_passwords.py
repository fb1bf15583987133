"""Passwords as Argon2id hashes, through pwdlib; slow on purpose."""

from __future__ import annotations

from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher


class Argon2Passwords:
    """The library's settings: Argon2id, 64 MiB, 3 passes; a salt of its own in each hash."""

    def __init__(self) -> None:
        self._hasher = Argon2Hasher()

    def hash(self, password: str) -> str:
        """The hash that is kept."""
        return self._hasher.hash(password)

    def fits(self, password: str, kept: str) -> bool:
        """Whether this password has that hash; False for what is no hash."""
        try:
            return self._hasher.verify(password, kept)
        except UnknownHashError:
            return False
