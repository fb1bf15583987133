"""A server that was allowed few files opens enough for a thousand boards."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.office_process import OfficeProcess

FEW = 512


@pytest.fixture
def few_files() -> Iterator[int]:
    """Children inherit the soft limit; the hard one is what they may raise it to."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard <= FEW:
        pytest.skip(f"this machine allows {hard} files at most")
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, hard))
    yield hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_server_opens_as_many_files_as_allowed(tmp_path: Path, few_files: int) -> None:
    with OfficeProcess(tmp_path / "office") as server:
        soft, hard = psutil.Process(server.pid).rlimit(psutil.RLIMIT_NOFILE)
        assert hard == few_files
        assert soft == (65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536))
        assert server.stop() == 0
