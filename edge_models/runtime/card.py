"""The card beside a model: what it was trained on, how good it is, and the sha256 of its file."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit


class UntrustedModel(Exception):  # noqa: N818 - the state of the file, said as a state
    """The model file is missing, has no card, or is not the one its card describes."""


def card_path(model: Path) -> Path:
    """`wait_p50.onnx` is described by `wait_p50.card.toml`."""
    return model.with_name(f"{model.stem}.card.toml")


def write_card(model: Path, facts: Mapping[str, Any]) -> None:
    """Describe a finished model file; the hash is of the file as it stands."""
    body = {"model": model.name, "sha256": _sha256(model.read_bytes()), **facts}
    text = tomlkit.dumps(body)
    card_path(model).write_text(text, encoding="utf-8")


def read_verified(model: Path) -> tuple[bytes, dict[str, Any]]:
    """The bytes of a model and its card.

    Raises:
        UntrustedModel: missing, without a readable card, or with another hash.
    """
    try:
        body = model.read_bytes()
        card = tomllib.loads(card_path(model).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UntrustedModel(f"{model.name}: no model with a readable card ({error})") from error
    if card.get("sha256") != _sha256(body):
        raise UntrustedModel(f"{model.name}: the sha256 is not the one on its card")
    return body, card


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
