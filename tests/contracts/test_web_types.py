"""The types that the pages are checked against are the contract's own."""

from tests.contracts.web_types import SOURCES, render


def test_the_pages_types_are_the_contracts_views() -> None:
    for name, text in render().items():
        assert (SOURCES / name).read_text(encoding="utf-8") == text, (
            "run: python -m tests.contracts.web_types"
        )
