"""How a program speaks TLS to the office: whom it trusts, and how it shows who it is itself."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

from queue_server.contracts.config_file import ConfigError


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """The office's own root, and a certificate with its key; PEM files."""

    ca: Path
    certificate: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """What a client needs: the other side must be of this office and have the name asked for.

        The files are read anew each time, so a renewed certificate holds from the next connection.

        Raises:
            ConfigError: a file is missing or is not what it should be.
        """
        for path in (self.ca, self.certificate, self.key):
            if not path.is_file():
                raise ConfigError(f"{path}: there is no such file; make it with: motcua enrol")
        try:
            made = ssl.create_default_context(cafile=self.ca)
            made.load_cert_chain(self.certificate, self.key)
        except (ssl.SSLError, OSError) as error:
            raise ConfigError(f"{self.certificate}: cannot be used: {error}") from None
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        return made
