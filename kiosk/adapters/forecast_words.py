"""A forecast as the server says it, with the Khmer that the server does not have."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from kiosk.domain.ticket import Forecast
from kiosk.domain.words import Words
from queue_server.contracts.views import ForecastView


def forecast_of(view: ForecastView | None) -> Forecast | None:
    """Return minutes and basis; a basis that is new here is said in the server's words alone."""
    if view is None:
        return None
    said = view.basis_words
    basis = Words(said.vi, said.en, basis_khmer().get(view.basis, "")) if said else None
    return Forecast(view.p50_min, view.p90_min, basis)


@cache
def basis_khmer() -> dict[str, str]:
    """The Khmer of each basis, by the server's name for it; needs native review."""
    source = files(__package__).joinpath("forecast_khmer.toml").read_text(encoding="utf-8")
    texts: dict[str, str] = tomllib.loads(source)["basis"]
    return texts
