"""A certificate for each device of the office, and the list of those that count no more.

A device's certificate ends with the root: an office must not stop because nobody renewed a keypad.
What ends it earlier is `tls/crl.pem`, which the broker reads anew whenever somebody is revoked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from queue_server.adapters import local_ca as authority
from queue_server.adapters.key_files import KeyFileError
from queue_server.adapters.whole_file import write_whole
from queue_server.contracts.tls_files import TlsFiles

FOLDER = Path("credentials")
REVOKED = authority.FOLDER / "crl.pem"
PASSING = timedelta(minutes=10)


class RequestRefused(ValueError):  # noqa: N818 - a refusal
    """This is not a request for a certificate; the message says why."""


def certificate_of(device: str) -> Path:
    """Where the office keeps a device's certificate, below its folder."""
    return FOLDER / f"{device}.pem"


def key_of(device: str) -> Path:
    """Where the key lies of a device that did not make its own."""
    return FOLDER / f"{device}.key"


def issue_missing(folder: Path, devices: Iterable[str]) -> list[str]:
    """Give a key and a certificate to each device that has none; who got one.

    Raises:
        KeyFileError: a file cannot be read or written.
    """
    given = [name for name in devices if not (folder / certificate_of(name)).exists()]
    try:
        (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
        if not (folder / REVOKED).exists():
            _write_revoked(folder, [])
        for name in given:
            key = ec.generate_private_key(ec.SECP256R1())
            write_whole(folder / key_of(name), authority.pem(key), 0o600)
            _issue(folder, name, key.public_key())
    except OSError as error:
        raise KeyFileError(f"{error.filename}: {error.strerror}") from None
    return given


def sign_request(folder: Path, device: str, request: str) -> str:
    """The certificate for the key of a request (PEM); what else the request says is not asked.

    What the device had before counts no more.

    Raises:
        RequestRefused: it is none, or its key is not one that devices use.
        KeyFileError: a file cannot be read or written.
    """
    key = key_of_request(request)
    try:
        revoke(folder, device)
        return _issue(folder, device, key).decode()
    except OSError as error:
        raise KeyFileError(f"{error.filename}: {error.strerror}") from None


def key_of_request(request: str) -> ec.EllipticCurvePublicKey:
    """The key that a request (PEM) asks a certificate for.

    Raises:
        RequestRefused: it is none, or its key is not one that devices use.
    """
    try:
        asked = x509.load_pem_x509_csr(request.encode())
        sound = asked.is_signature_valid
        key = asked.public_key()
    except (ValueError, UnsupportedAlgorithm, InvalidSignature):
        raise RequestRefused("not a certificate request") from None
    curves = (ec.SECP256R1, ec.SECP384R1)
    if not sound or not isinstance(key, ec.EllipticCurvePublicKey):
        raise RequestRefused("the request is not signed by an elliptic-curve key of its own")
    if not isinstance(key.curve, curves):
        raise RequestRefused("the key must be on the curve P-256 or P-384")
    return key


def revoke(folder: Path, device: str) -> None:
    """The device's certificate counts no more; nothing where it has none.

    Raises:
        KeyFileError: a file cannot be read or written.
    """
    path = folder / certificate_of(device)
    try:
        if not path.exists():
            return
        serial = x509.load_pem_x509_certificate(path.read_bytes()).serial_number
        _write_revoked(folder, [*_revoked(folder), serial])
        path.unlink()
        (folder / key_of(device)).unlink(missing_ok=True)
    except ValueError:
        raise KeyFileError(f"{path}: not a certificate; restore it") from None
    except OSError as error:
        raise KeyFileError(f"{error.filename}: {error.strerror}") from None


@contextmanager
def passing_files(folder: Path, device: str) -> Iterator[TlsFiles]:
    """Key and certificate of a device for some minutes, while `with` lasts; nobody is given them.

    Raises:
        KeyFileError: a file cannot be read or written.
    """
    try:
        root_key, root = authority.root_of(folder)
        key = ec.generate_private_key(ec.SECP256R1())
        signed = _signed(root_key, root, device, key.public_key(), datetime.now(UTC) + PASSING)
        with TemporaryDirectory(prefix="motcua-") as beside:
            own = Path(beside) / "passing.pem"
            write_whole(own, signed, 0o600)
            write_whole(own.with_suffix(".key"), authority.pem(key), 0o600)
            yield TlsFiles(folder / authority.CA, own, own.with_suffix(".key"))
    except OSError as error:
        raise KeyFileError(f"{error.filename}: {error.strerror}") from None


def _issue(folder: Path, name: str, key: ec.EllipticCurvePublicKey) -> bytes:
    root_key, root = authority.root_of(folder)
    text = _signed(root_key, root, name, key, root.not_valid_after_utc)
    write_whole(folder / certificate_of(name), text, 0o600)
    return text


def _signed(
    root_key: ec.EllipticCurvePrivateKey,
    root: x509.Certificate,
    name: str,
    key: ec.EllipticCurvePublicKey,
    until: datetime,
) -> bytes:
    builder = authority.certificate(name, root.subject, key, datetime.now(UTC), until)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)  # noqa: FBT003 - critical
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
    signed = builder.add_extension(usage, critical=False).sign(root_key, hashes.SHA256())
    return signed.public_bytes(Encoding.PEM)


def _revoked(folder: Path) -> list[int]:
    path = folder / REVOKED
    if not path.exists():
        return []
    return [one.serial_number for one in x509.load_pem_x509_crl(path.read_bytes())]


def _write_revoked(folder: Path, serials: Iterable[int]) -> None:
    root_key, root = authority.root_of(folder)
    at = datetime.now(UTC) - authority.CLOCKS_OFF
    # The list is replaced at each revocation and never fetched: it need not end before the root.
    builder = x509.CertificateRevocationListBuilder(root.subject, at, root.not_valid_after_utc)
    for serial in dict.fromkeys(serials):
        one = x509.RevokedCertificateBuilder(serial, at).build()
        builder = builder.add_revoked_certificate(one)
    text = builder.sign(root_key, hashes.SHA256()).public_bytes(Encoding.PEM)
    write_whole(folder / REVOKED, text, 0o644)
