"""A printed figure names the law that asks for it, never an id of our own plan."""

from __future__ import annotations

import pytest

from queue_server.use_cases.reports.paper import cited


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("R01", ""),
        ("R18–R21", ""),
        ("R01, R02", ""),
        ("R06, 5.4", " [5.4]"),
        ("766", " [766]"),
        ("Luật 91/2025", " [Luật 91/2025]"),
    ],
)
def test_only_what_can_be_looked_up_is_cited(source: str, said: str) -> None:
    assert cited(source) == said
