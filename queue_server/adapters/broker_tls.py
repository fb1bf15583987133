"""The files by which the office's broker speaks TLS and lets in certificates of the office only."""

from __future__ import annotations

import json
import os
import ssl
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILE = "tls.json"


@dataclass(frozen=True, slots=True)
class BrokerTls:
    """PEM files: the office's root, the list of revoked certificates, the broker's own two."""

    ca: str
    revoked: str
    certificate: str
    key: str

    def context(self) -> ssl.SSLContext:
        """What a broker needs: nobody enters without a certificate that counts.

        Raises:
            OSError: a file is missing or is not what it should be.
        """
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=self.ca)
        made.load_verify_locations(self.revoked)
        made.verify_flags |= ssl.VerifyFlags.VERIFY_CRL_CHECK_LEAF
        made.load_cert_chain(self.certificate, self.key)
        made.verify_mode = ssl.CERT_REQUIRED
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        return made


def leave_for_broker(directory: Path, tls: BrokerTls | None) -> None:
    """Write what the broker's process reads at its start; paths only, no secret."""
    path = directory / FILE
    path.unlink(missing_ok=True)
    if tls is not None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(tls), file)


def found_by_broker(directory: Path) -> BrokerTls | None:
    """What was left for the broker's process; None where it speaks plain MQTT."""
    path = directory / FILE
    return BrokerTls(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def named_by(certificate: ssl.SSLObject | None) -> str | None:
    """The device that the certificate of a connection was given to."""
    shown = certificate.getpeercert() if certificate is not None else None
    subject: Any = shown.get("subject", ()) if shown else ()
    names = [value for part in subject for key, value in part if key == "commonName"]
    return str(names[0]) if names else None
