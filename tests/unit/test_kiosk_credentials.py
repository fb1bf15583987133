"""Credentials are read strictly, and the secret is never shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.config.credentials import read_credentials
from queue_server.contracts.config_file import ConfigError

SECRET = "do-not-show-me-anywhere"


def test_reads_what_init_wrote_and_hides_the_secret(tmp_path: Path) -> None:
    path = tmp_path / "kiosk-1.json"
    path.write_text(json.dumps({"id": "kiosk-1", "role": "kiosk", "secret": SECRET}))
    credentials = read_credentials(path)
    assert (credentials.id, credentials.role) == ("kiosk-1", "kiosk")
    assert credentials.secret.get_secret_value() == SECRET
    assert SECRET not in f"{credentials} {credentials!r}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no such credentials file"),
        ("{", "not valid JSON"),
        (json.dumps({"id": "kiosk-1", "secret": SECRET}), "role: Field required"),
        (json.dumps({"id": "k", "role": "kiosk", "secret": SECRET, "pin": 1}), "pin: Extra"),
        (json.dumps([SECRET]), "not a credentials file"),
    ],
)
def test_names_the_fault_without_the_secret(
    tmp_path: Path, content: str | None, words: str
) -> None:
    path = tmp_path / "kiosk-1.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigError, match=words) as caught:
        read_credentials(path)
    assert SECRET not in str(caught.value)
