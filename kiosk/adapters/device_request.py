"""A device's own key, made where it stays, and the request for a certificate that goes out."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def new_key_and_request() -> tuple[bytes, str]:
    """A key (PEM) and a request for it; the office puts the device's name in, not we."""
    key = ec.generate_private_key(ec.SECP256R1())
    request = x509.CertificateSigningRequestBuilder(x509.Name([])).sign(key, hashes.SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private, request.public_bytes(Encoding.PEM).decode()


def der_of(root: bytes) -> bytes:
    """A certificate without its wrapping.

    Raises:
        ValueError: it is not a certificate (PEM).
    """
    return x509.load_pem_x509_certificate(root).public_bytes(Encoding.DER)
