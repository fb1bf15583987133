"""How a device becomes one of the office: a code on paper, a request, a credential in return.

The code has two halves: a secret of 60 bits that counts once and for minutes, and 80 bits of the
digest of the office's root, by which the device knows the right server before it trusts anything.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from typing import Annotated

from pydantic import Field

from queue_server.contracts.requests import Strict
from queue_server.contracts.views import View

STANDARD, CLEAR = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""RFC 4648's signs, and Crockford's: no I, L, O or U, which people misread."""
MISREAD = str.maketrans("OIL", "011")
SECRET_SIGNS, ROOT_SIGNS = 12, 16
ROOT_PATH = "/api/v1/enrol/root"
Request = Annotated[str, Field(min_length=100, max_length=4000)]


class EnrolRequest(Strict):
    """The secret half of a code, and a certificate request (PEM) for a key that stays away."""

    code: Annotated[str, Field(min_length=SECRET_SIGNS, max_length=SECRET_SIGNS)]
    request: Request


class RenewRequest(Strict):
    """A certificate request of a device that is signed in: secret and certificate become new."""

    request: Request


class Enrolled(View):
    """What the device keeps; `settings` is its TOML file for the folders of an office."""

    id: str
    role: str
    secret: str
    certificate: str
    root: str
    settings: str | None = None


class DeviceCode(View):
    """What an administrator reads out; it counts once, until then."""

    device: str
    code: str
    until: datetime


def clear_signs(content: bytes) -> str:
    """Bytes as signs that people can read to each other, five bits each."""
    text = base64.b32encode(content).decode().rstrip("=")
    return text.translate(str.maketrans(STANDARD, CLEAR))


def root_signs(root: bytes) -> str:
    """The half of a code that names the root with these bytes (DER)."""
    return clear_signs(hashlib.sha256(root).digest())[:ROOT_SIGNS]


def written(code: str) -> str:
    """A code in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def halves(text: str) -> tuple[str, str]:
    """Secret and root of a code as somebody typed it.

    Raises:
        ValueError: it is not a code.
    """
    signs = text.upper().replace("-", "").replace(" ", "").translate(MISREAD)
    if len(signs) != SECRET_SIGNS + ROOT_SIGNS or set(signs) - set(CLEAR):
        raise ValueError(f"a code has {SECRET_SIGNS + ROOT_SIGNS} signs in groups of four")
    return signs[:SECRET_SIGNS], signs[SECRET_SIGNS:]
