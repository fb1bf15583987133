"""The types that the pages are checked against are the contract's own."""

from tests.contracts.web_types import TARGET, render


def test_the_pages_types_are_the_contracts_views() -> None:
    assert TARGET.read_text(encoding="utf-8") == render(), (
        "run: python -m tests.contracts.web_types"
    )
