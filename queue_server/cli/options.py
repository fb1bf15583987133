"""Options that several sub-commands share."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from queue_server.contracts.config_file import ConfigError

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")

DATA = click.option(
    "--data",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The office's folder, made by `motcua init`.",
)
HTTP = click.option(
    "--http", metavar="HOST:PORT", default=None, help="Address to serve; loopback by default."
)
MQTT = click.option(
    "--mqtt",
    metavar="BROKER",
    default=None,
    help="`embedded`, `embedded:PORT`, or HOST:PORT of a mosquitto.",
)
HUB_CONFIG = click.option(
    "--config",
    metavar="hub.toml",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The hub's settings; see queue_server/hub/SETUP.md.",
)
SEED = click.option("--seed", default=1, show_default=True, help="Which people come.")


def speed(usual: float, fastest: float) -> Decorator:
    """How much faster than the world pretended people live."""
    return click.option(
        "--speed",
        type=click.FloatRange(1, fastest),
        default=usual,
        show_default=True,
        help="How much faster than the world.",
    )


def serving_at(address: str) -> Decorator:
    """Where an office of pretended people answers."""
    return click.option(
        "--http",
        metavar="HOST:PORT",
        default=address,
        show_default=True,
        help="Address to serve; port 0 takes a free one.",
    )


def host_names(
    _context: click.Context, _option: click.Parameter, names: tuple[str, ...]
) -> tuple[str, ...]:
    """The names of a server, each one that a certificate can bear.

    Raises:
        BadParameter: one is neither a host name nor an address.
    """
    for name in names:
        if not (HOST.fullmatch(name) or _is_address(name)):
            raise click.BadParameter(f"'{name}' is not a host name or address")
    return names


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def office_file(data: Path) -> Path:
    """The configuration of the office in `data`.

    Raises:
        ConfigError: there is no office.
    """
    path = data / "motcua.toml"
    if not path.exists():
        raise ConfigError(f"{path}: there is no office here; make one with: motcua init {data}")
    return path
