"""Printed papers set by typst in Be Vietnam Pro: a template beside this file, content as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import fontpkg_be_vietnam_pro
import typst

TEMPLATES = Path(__file__).parent
FONTS = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
PIXELS_PER_INCH = 200.0

Form = Literal["pdf", "png", "svg"]


class TooManyPagesError(ValueError):
    """The content needs more pages than a picture has."""


def set_paper(template: str, form: Form, **content: Any) -> bytes:
    """One paper, always the same bytes for the same content.

    Args:
        template: name of a `.typ` file in this folder.
        form: what comes out.
        content: what the template reads as JSON, by name.

    Raises:
        TooManyPagesError: a picture is one page; a PDF may have more.
    """
    inputs = {name: json.dumps(what, ensure_ascii=False) for name, what in content.items()}
    made: bytes | list[bytes] = typst.compile(
        TEMPLATES / template,
        format=form,
        ppi=PIXELS_PER_INCH,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    if isinstance(made, list):
        raise TooManyPagesError(f"{len(made)} pages do not fit into one {form}")
    return made
