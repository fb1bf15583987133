"""Turns the theme file into CSS variables, so that web, kiosk and paper share one face."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import fontpkg_noto_sans_khmer

WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
KHMER = Path(fontpkg_noto_sans_khmer.ROOT, "files", "NotoSansKhmer[wdth,wght].ttf")
KHMER_FONT = "NotoSansKhmer.ttf"
KHMER_HERE = ("Noto Sans Khmer", "NotoSansKhmer-Regular", "Khmer Sangam MN", "Leelawadee UI")
"""What a phone may have already: the file of 360 kB comes only to one that has none of them."""
KHMER_RANGE = "U+1780-17FF, U+19E0-19FF"
MODES = ("light", "dark", "contrast")


def write_theme(theme_file: Path, assets: Path) -> None:
    """Write `theme.css` and the fonts it names into `assets`.

    Raises:
        FileNotFoundError: the theme or one of its fonts is missing.
        KeyError: the theme lacks a table.
    """
    theme = tomllib.loads(theme_file.read_text(encoding="utf-8"))
    (assets / "fonts").mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        shutil.copyfile(_font(weight), assets / "fonts" / _font(weight).name)
    shutil.copyfile(KHMER, assets / "fonts" / KHMER_FONT)
    (assets / "theme.css").write_text(theme_css(theme), encoding="utf-8")


def theme_css(theme: dict[str, Any]) -> str:
    """CSS of one theme: a page may fix a mode by `data-theme`, else the browser's wish decides."""
    family = theme["type"]["family"]
    sizes = {k: v for k, v in theme["type"].items() if isinstance(v, int)}
    light, dark, contrast = (_variables(theme[mode]) for mode in MODES)
    common = _variables({**sizes, **theme["space"]}) + f' --family: "{family}", sans-serif;'
    by_wish = ":root:not([data-theme])"
    rules = [
        *(_face(family, name, weight) for name, weight in WEIGHTS.items()),
        *(_khmer_face(family, weight) for weight in WEIGHTS.values()),
        f":root {{ color-scheme: light; {common} {light} }}",
        f"@media (prefers-color-scheme: dark) {{ {by_wish} {{ color-scheme: dark; {dark} }} }}",
        f"@media (prefers-contrast: more) {{ {by_wish} {{ color-scheme: dark; {contrast} }} }}",
        f':root[data-theme="dark"] {{ color-scheme: dark; {dark} }}',
        f':root[data-theme="contrast"] {{ color-scheme: dark; {contrast} }}',
    ]
    return "\n".join(rules) + "\n"


def _variables(values: dict[str, str | int]) -> str:
    return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in values.items())


def _face(family: str, name: str, weight: int) -> str:
    url = f"/assets/fonts/{_font(name).name}"
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap;'
        f' src: url("{url}") format("truetype"); }}'
    )


def _khmer_face(family: str, weight: int) -> str:
    """The letters that the family lacks; named after it, so that no page has to ask for them."""
    local = ", ".join(f'local("{name}")' for name in KHMER_HERE)
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap;'
        f" unicode-range: {KHMER_RANGE};"
        f' src: {local}, url("/assets/fonts/{KHMER_FONT}") format("truetype"); }}'
    )


def _font(weight: str) -> Path:
    return Path(fontpkg_be_vietnam_pro.ROOT, "files", f"BeVietnamPro-{weight}.ttf")
