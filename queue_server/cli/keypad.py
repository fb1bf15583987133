"""`motcua keypad card`: a keypad's quick card, from the very file that gives its keys meaning."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from kiosk.domain.counter_sign import REMARK_TEXTS
from queue_server.adapters.typst_paper import Form, TooManyPagesError, set_paper
from queue_server.config.key_map_file import default_key_map, read_card_words, read_keypad
from queue_server.contracts.config_file import ConfigError
from queue_server.use_cases.keypad_card import CardError, keypad_card


@click.group()
def keypad() -> None:
    """Counter keypads."""


@keypad.command()
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("keypad-card.pdf"),
    show_default=True,
    help="A .pdf to print, or a .png or .svg.",
)
@click.option(
    "--keys",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Another key map than the usual one.",
)
def card(out: Path, keys: Path | None) -> int:
    """Write the quick card that hangs beside a keypad: A5, landscape."""
    form = out.suffix.removeprefix(".").lower()
    if form not in get_args(Form):
        raise click.UsageError(f"--out {out}: the name ends with .pdf, .png or .svg")
    out.write_bytes(make_card(keys or default_key_map(), form))  # type: ignore[arg-type]  # one of Form, just checked
    click.echo(f"{out}")
    return 0


def make_card(keys: Path, form: Form) -> bytes:
    """The card of one key map.

    Raises:
        ConfigError: the map cannot be used, or a key on it has no words.
    """
    written, key_map = read_keypad(keys)
    signs = {remark.value: text for remark, text in REMARK_TEXTS.items()}
    try:
        content = keypad_card(written.name, written.layout, key_map, read_card_words(), signs)
        return set_paper("keypad_card.typ", form, card=content)
    except (CardError, TooManyPagesError) as fault:
        raise ConfigError(f"{keys}: {fault}") from None
