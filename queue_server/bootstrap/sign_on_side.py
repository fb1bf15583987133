"""The city's sign-on of a running office; None where `motcua.toml` has no `[sign_on]`."""

from __future__ import annotations

import secrets
import time
from functools import cache

from queue_server.adapters.key_files import KeyFileError
from queue_server.bootstrap.settings import Settings
from queue_server.use_cases.people_desk import PeopleDesk
from queue_server.use_cases.sign_on import City, Group, Provider, SignOn

SECRET = "keys/sign-on.secret"  # noqa: S105 - the name of a file
BYTES = 32


def sign_on(settings: Settings, people: PeopleDesk, home: str) -> SignOn | None:
    """Put it together; the provider is neither asked nor its library loaded before the first use.

    Raises:
        KeyFileError: others can read the client's secret.
    """
    section = settings.file.sign_on
    if section is None:
        return None
    client_secret = _client_secret(settings)

    @cache
    def provider() -> Provider:
        # Half a second of loading that only who enters by the city pays for, once.
        from queue_server.adapters.oidc_provider import OidcProvider  # noqa: PLC0415 - see above

        return OidcProvider(section, client_secret, settings.data)

    groups = [Group(one.group, one.role, one.counter) for one in section.groups]
    return SignOn(
        provider,
        people,
        City(section.name_vi, section.name_en, groups, home),
        secret=lambda: secrets.token_urlsafe(BYTES),
        now_s=time.monotonic,
    )


def _client_secret(settings: Settings) -> str | None:
    path = settings.data / SECRET
    if not path.exists():
        return None
    if path.stat().st_mode & 0o077:
        raise KeyFileError(f"{path}: others can read this secret; run: chmod 600 {path}")
    return path.read_text(encoding="utf-8").strip() or None
