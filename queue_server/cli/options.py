"""Options that several sub-commands share."""

from __future__ import annotations

from pathlib import Path

import click

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
    help="The hub's settings; see queue_server/hub/README.md.",
)
