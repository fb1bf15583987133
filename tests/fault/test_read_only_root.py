"""The system is read-only, as on an office machine: only the office's own folder takes a write."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.office_process import OfficeProcess

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]

SCRIPT = """
set -e
mount --make-rprivate /
mount --bind "$1" "$1"
mount -t tmpfs -o size=16m tmpfs /var/tmp
mount -o remount,bind,ro /
for place in $(awk '$2 !~ "^/(proc|sys|dev)" {print $2}' /proc/mounts); do
  case "$place" in
    "$1" | /var/tmp | /) ;;
    *) mount -o remount,bind,ro "$place" 2>/dev/null || true ;;
  esac
done
export TMPDIR=/var/tmp HOME=/nonexistent
shift
exec "$@"
"""
"""As `ProtectSystem=strict`, `PrivateTmp` and `StateDirectory` of the unit do it."""


def in_read_only_system(folder: Path) -> tuple[str, ...]:
    """What stands before a command."""
    unshare = shutil.which("unshare")
    if unshare is None or os.geteuid() != 0:
        pytest.skip("only root can make a system read-only for one program")
    if subprocess.run([unshare, "-m", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine gives nobody a mount namespace")
    return (unshare, "-m", "sh", "-c", SCRIPT, "sh", str(folder))


def test_an_office_works_where_only_its_folder_takes_a_write(tmp_path: Path) -> None:
    office = tmp_path / "office"
    OfficeProcess(office)
    before = in_read_only_system(office)
    elsewhere = tmp_path / "elsewhere"
    refused = subprocess.run(
        [*before, "touch", str(elsewhere)], check=False, capture_output=True, text=True
    )
    assert refused.returncode != 0, "the system is not read-only: this would show nothing"
    assert "Read-only file system" in refused.stderr
    with OfficeProcess(office, before=before) as server, server.client() as client:
        assert server.first_line().startswith("motcua server")
        for number in range(3):
            key = {"Idempotency-Key": f"read-only {number}"}
            taken = client.post("/tickets", json={"service": "CT"}, headers=key)
            assert taken.status_code == 201, taken.text
        assert client.post("/counters/1/open").status_code == 200
        assert client.post("/counters/1/call-next").json()["number"] == "B001"
        report = client.get("/admin/audit")
        assert report.status_code == 200
        assert server.stop() == 0
    said = server.log.read_text("utf-8")
    assert "Read-only" not in said
    assert "Traceback" not in said
