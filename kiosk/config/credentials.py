"""Who this device is: the `credentials/<id>.json` that the office made for it."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from queue_server.contracts.config_file import ConfigError


class Credentials(BaseModel):
    """Name and secret of one device; printing it never shows the secret."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1, max_length=64)
    role: str
    secret: SecretStr


def read_credentials(path: Path) -> Credentials:
    """Read a credentials file.

    Raises:
        ConfigError: the file is missing, unreadable or not a credential; never quotes the secret.
    """
    try:
        return Credentials.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such credentials file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    except json.JSONDecodeError as error:
        raise ConfigError(f"{path}: not valid JSON: {error}") from None
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'file'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_input=False)
        )
        raise ConfigError(f"{path}: not a credentials file: {faults}") from None
