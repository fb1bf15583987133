"""The office's own certificate authority: one root for its devices, a certificate for its server.

An office without internet gets no certificate from outside. The root's key stays on the server,
mode 0600; what devices and browsers are given is `tls/ca.pem` alone.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from queue_server.adapters.key_files import KeyFileError
from queue_server.adapters.whole_file import write_whole

FOLDER = Path("tls")
CA, CA_KEY = FOLDER / "ca.pem", FOLDER / "ca.key"
SERVER, SERVER_KEY = FOLDER / "server.pem", FOLDER / "server.key"
ROOT_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=397)
"""Browsers refuse server certificates that hold longer than 398 days."""
CLOCKS_OFF = timedelta(days=1)


def here() -> list[str]:
    """The names of this machine that need no thinking: loopback and its host name."""
    return ["localhost", "127.0.0.1", socket.gethostname()]


def issue_server(
    folder: Path, names: Sequence[str], now: datetime | None = None, *, node: bool = False
) -> datetime:
    """Give the server a new key and certificate for these names; until when it holds.

    The root is made where there is none, and stays what it is else: devices go on trusting it.
    A `node` of a cluster shows the same certificate where it is the client of another node.

    Raises:
        KeyFileError: a file cannot be read or written.
    """
    at = now or datetime.now(UTC)
    try:
        root_key, root = root_of(folder, at)
        key = ec.generate_private_key(ec.SECP256R1())
        until = min(at + SERVER_LIFE, root.not_valid_after_utc)
        usages = [ExtendedKeyUsageOID.SERVER_AUTH]
        usages += [ExtendedKeyUsageOID.CLIENT_AUTH] if node else []
        builder = certificate(names[-1], root.subject, key.public_key(), at, until)
        builder = builder.add_extension(
            x509.SubjectAlternativeName([_name(name) for name in dict.fromkeys(names)]),
            critical=False,
        )
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        builder = builder.add_extension(
            x509.BasicConstraints(ca=False, path_length=None), critical=True
        )
        signed = builder.sign(root_key, hashes.SHA256())
        write_whole(folder / SERVER_KEY, pem(key), 0o600)
        write_whole(folder / SERVER, signed.public_bytes(Encoding.PEM), 0o644)
    except OSError as error:
        raise KeyFileError(f"{error.filename}: {error.strerror}") from None
    return until


def certificate_files(folder: Path) -> tuple[Path, Path]:
    """Certificate and key that the server shows.

    Raises:
        KeyFileError: there are none, they have expired, or others can read the key.
    """
    cert, key = folder / SERVER, folder / SERVER_KEY
    again = f"make one with: motcua certificates --data {folder}"
    if not cert.exists() or not key.exists():
        raise KeyFileError(f"{cert}: there is no certificate; {again}")
    if key.stat().st_mode & 0o077:
        raise KeyFileError(f"{key}: others can read this key; run: chmod 600 {key}")
    try:
        ends = x509.load_pem_x509_certificate(cert.read_bytes()).not_valid_after_utc
    except ValueError:
        raise KeyFileError(f"{cert}: not a certificate; {again}") from None
    if ends < datetime.now(UTC):
        raise KeyFileError(f"{cert}: expired on {ends:%Y-%m-%d}; {again}")
    return cert, key


def fingerprint(folder: Path) -> str:
    """SHA-256 of the root, for a person to compare before a device trusts it."""
    root = x509.load_pem_x509_certificate((folder / CA).read_bytes())
    return root.fingerprint(hashes.SHA256()).hex(":")


def root_bytes(folder: Path) -> tuple[bytes, bytes] | None:
    """The root as PEM and as DER; None where there is none."""
    path = folder / CA
    if not path.exists():
        return None
    pem_text = path.read_bytes()
    return pem_text, x509.load_pem_x509_certificate(pem_text).public_bytes(Encoding.DER)


def root_of(
    folder: Path, now: datetime | None = None
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """Key and certificate of the root; both are made where there is none.

    Raises:
        KeyFileError: the key is not one of ours.
        OSError: a file cannot be read or written.
    """
    at = now or datetime.now(UTC)
    if (folder / CA_KEY).exists() and (folder / CA).exists():
        key = load_pem_private_key((folder / CA_KEY).read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise KeyFileError(f"{folder / CA_KEY}: not a key that motcua made")
        return key, x509.load_pem_x509_certificate((folder / CA).read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Một Cửa Edge {folder.name}"[:64])])
    builder = certificate("", name, key.public_key(), at, at + ROOT_LIFE).subject_name(name)
    root = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(
        key, hashes.SHA256()
    )
    (folder / FOLDER).mkdir(mode=0o755, exist_ok=True)
    write_whole(folder / CA_KEY, pem(key), 0o600)
    write_whole(folder / CA, root.public_bytes(Encoding.PEM), 0o644)
    return key, root


def certificate(
    name: str,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    at: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    """What every certificate of the office begins with; without `name` it has no subject yet."""
    builder = x509.CertificateBuilder(
        issuer_name=issuer,
        public_key=key,
        serial_number=x509.random_serial_number(),
        not_valid_before=at - CLOCKS_OFF,
        not_valid_after=until,
    )
    if not name:
        return builder
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    return builder.subject_name(subject)


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A key as it lies in a file."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
