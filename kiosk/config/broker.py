"""Where a device finds the office's broker, and how it speaks TLS with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from queue_server.contracts.tls_files import TlsFiles


class MqttSection(BaseModel):
    """`[mqtt]`: where the broker listens.

    With `ca` (the office's root, `tls/ca.pem`) the device speaks TLS and shows `certificate`; by
    default that and its key lie beside the credential, as `motcua enrol` writes them. Relative
    paths count from the folder of the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: Annotated[str, Field(min_length=1, max_length=120)] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 1883
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    @model_validator(mode="after")
    def _files_fit(self) -> MqttSection:
        if (self.certificate is None) is not (self.key is None):
            raise ValueError("'certificate' and 'key' belong together")
        if self.certificate is not None and self.ca is None:
            raise ValueError("'certificate' needs 'ca', the root that the broker is known by")
        return self

    def beside(self, folder: Path, credentials: Path) -> Self:
        """The same with every path told in full: those of the file count from `folder`."""
        if self.ca is None:
            return self
        own = self.certificate or credentials.with_suffix(".pem")
        key = self.key or credentials.with_suffix(".key")
        paths = {"ca": folder / self.ca, "certificate": folder / own, "key": folder / key}
        return self.model_copy(update=paths)

    def tls(self) -> TlsFiles | None:
        """The files, tried once; None where the device speaks plain MQTT.

        Raises:
            ConfigError: one of them cannot be used.
        """
        if self.ca is None or self.certificate is None or self.key is None:
            return None
        files = TlsFiles(self.ca, self.certificate, self.key)
        files.context()
        return files
