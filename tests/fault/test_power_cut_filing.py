"""The power goes at any write of a filing, a purge or a change of keys: all is there, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaign.power_filing import filing_cut
from tests.fault.unruly import COMPILER, NO_COMPILER

CUTS = 25


@pytest.mark.fault
@pytest.mark.timeout(300)
@pytest.mark.skipif(COMPILER is None, reason=NO_COMPILER)
def test_the_power_goes_at_any_write_of_a_filing(tmp_path: Path) -> None:
    found = filing_cut(tmp_path, CUTS)
    assert found.promised > CUTS * 20
    assert found.kept > CUTS
