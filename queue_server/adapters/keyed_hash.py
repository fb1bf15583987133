"""An identity number as a keyed hash: it finds the same card again and leads to nobody.

The number itself is not kept, so a new key cannot hash it anew. It hashes the hash once more:
HMAC(new key, HMAC(old key, number)) can be made of what is kept, and one key alone tries out
nothing. The keys before the newest are therefore needed as long as the newest is.
"""

from __future__ import annotations

import hashlib
import hmac

MARK = ":"


class KeyedHash:
    """HMAC-SHA256. Without the keys the few possible numbers cannot be tried out.

    A hash made with more than one key says with how many, before a colon.
    """

    def __init__(self, *keys: bytes) -> None:
        """`keys`: the oldest first, at least one."""
        self._keys = keys

    def of(self, number: str) -> str:
        """The hash of an identity number, hexadecimal."""
        return self._hashed(number, 0)

    def again(self, kept: str) -> str:
        """A hash of before, as `of` makes it now."""
        return self._hashed(kept.rpartition(MARK)[2], _keys_in(kept))

    def is_newest(self, kept: str) -> bool:
        """Whether all keys are in a hash."""
        return _keys_in(kept) == len(self._keys)

    def _hashed(self, text: str, done: int) -> str:
        for key in self._keys[done:]:
            text = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        return text if len(self._keys) == 1 else f"{len(self._keys)}{MARK}{text}"


def _keys_in(kept: str) -> int:
    count, mark, _ = kept.rpartition(MARK)
    return int(count) if mark else 1
