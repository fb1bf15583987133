"""Signs and checks files in minisign's format: an officer may check a release with that tool.

A signature is Ed25519 over the BLAKE2b-512 of the file, with the id of its key, and a second one
over the first and the trusted comment: https://jedisct1.github.io/minisign/#signature-format.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_KIND, FILE_KIND = b"Ed", b"ED"
ID_BYTES, SIGNATURE_BYTES = 8, 64
UNTRUSTED, TRUSTED = "untrusted comment: ", "trusted comment: "
PRIVATE = 0o600
AT_ONCE = 1 << 20


class NotSigned(Exception):  # noqa: N818 - a state
    """The file is not what the holder of the key signed; the message says how far the check got."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What checks signatures; `id` tells keys apart, nothing more."""

    id: bytes
    key: Ed25519PublicKey

    def text(self) -> str:
        """The file that minisign takes with -p."""
        raw = self.key.public_bytes_raw()
        name = self.id[::-1].hex().upper()
        return f"{UNTRUSTED}minisign public key {name}\n{_base64(KEY_KIND + self.id + raw)}\n"


def new_key(path: Path) -> PublicKey:
    """Make a key that signs, readable by its owner only; what checks it is returned.

    Raises:
        FileExistsError: there is one; it is never replaced by chance.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    return _public(key)


def sign(path: Path, key_file: Path, comment: str) -> str:
    """The text of the signature of a file; `comment` is signed with it."""
    key = serialization.load_pem_private_key(key_file.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NotSigned(f"{key_file}: not an Ed25519 key")
    signature = key.sign(_digest(path))
    line = _base64(FILE_KIND + _public(key).id + signature)
    whole = _base64(key.sign(signature + comment.encode()))
    return f"{UNTRUSTED}signature of Một Cửa Edge\n{line}\n{TRUSTED}{comment}\n{whole}\n"


def read_public(text: str) -> PublicKey:
    """The key of a file that `PublicKey.text` or minisign wrote.

    Raises:
        NotSigned: it is none.
    """
    lines = text.splitlines()
    raw = _bytes(lines[-1] if lines else "", len(KEY_KIND) + ID_BYTES + 32)
    if not raw.startswith(KEY_KIND):
        raise NotSigned("not a public key of minisign")
    split = len(KEY_KIND) + ID_BYTES
    return PublicKey(raw[len(KEY_KIND) : split], Ed25519PublicKey.from_public_bytes(raw[split:]))


def check(path: Path, signature: str, public: PublicKey) -> str:
    """The trusted comment of a signature that fits file and key.

    Raises:
        NotSigned: by another key, over another file, or no signature.
    """
    lines = signature.splitlines()
    if len(lines) < 4 or not lines[2].startswith(TRUSTED):  # noqa: PLR2004 - the format's lines
        raise NotSigned("not a signature of minisign")
    raw = _bytes(lines[1], len(FILE_KIND) + ID_BYTES + SIGNATURE_BYTES)
    if not raw.startswith(FILE_KIND):
        raise NotSigned("not a signature over a digest, which minisign makes since 0.10")
    split = len(FILE_KIND) + ID_BYTES
    if raw[len(FILE_KIND) : split] != public.id:
        raise NotSigned("signed with another key than the one that is trusted here")
    comment = lines[2].removeprefix(TRUSTED)
    try:
        public.key.verify(raw[split:], _digest(path))
        whole = _bytes(lines[3], SIGNATURE_BYTES)
        public.key.verify(whole, raw[split:] + comment.encode())
    except InvalidSignature:
        raise NotSigned("the file or its comment was changed after it was signed") from None
    return comment


def _public(key: Ed25519PrivateKey) -> PublicKey:
    public = key.public_key()
    return PublicKey(hashlib.sha256(public.public_bytes_raw()).digest()[:ID_BYTES], public)


def _digest(path: Path) -> bytes:
    digest = hashlib.blake2b()
    with path.open("rb") as file:
        while part := file.read(AT_ONCE):
            digest.update(part)
    return digest.digest()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise NotSigned("not in the format of minisign") from None
    if len(raw) != length:
        raise NotSigned("not in the format of minisign")
    return raw
