"""The folder of a cluster: what each machine and office is given is read by whom it is for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from queue_server.cli.hub import hub
from queue_server.hub.adapters.cluster_folder import HOME, STORE
from queue_server.hub.bootstrap.hub_file import cluster_of, read_hub
from tests.hub.cluster import server_program

pytestmark = pytest.mark.hub

PLAN = """hosts = ["127.0.0.1", "127.0.0.2", "127.0.0.3"]
offices = "offices.csv"
[[province]]
code = "92"
leaf = "127.0.0.4"
[[province]]
code = "01"
"""
OFFICES = "id,province,name_vi\nphuong-mau,92,Phường Mẫu\nxa.hai,92,Xã Hai\nha-noi,01,Hà Nội\n"


def written(folder: Path, plan: str = PLAN, offices: str = OFFICES) -> Result:
    (folder / "cluster.toml").write_text(plan)
    (folder / "offices.csv").write_text(offices)
    asked = ["cluster", str(folder / "cluster.toml"), "--out", str(folder / "out")]
    return CliRunner().invoke(hub, asked)


def test_every_machine_reads_its_own_file(tmp_path: Path) -> None:
    program = server_program()
    if program is None:
        pytest.skip("no nats-server 2.10 or newer: .ci/setup test installs one")
    done = written(tmp_path)
    assert done.exit_code == 0, done.output
    for name in ("hub1", "hub2", "hub3", "leaf-92"):
        folder = tmp_path / "out" / name
        file = folder / "nats.conf"
        text = file.read_text()
        assert ("sync_interval: always" in text) == (name != "leaf-92")
        assert file.stat().st_mode & 0o077 == 0
        here = text.replace(str(HOME), str(folder)).replace(str(STORE), str(tmp_path / "store"))
        file.write_text(here)
        read = subprocess.run(
            [program, "-t", "-c", file], capture_output=True, text=True, check=False
        )
        assert read.returncode == 0, read.stderr
    assert "nobody else's" in done.output


def test_an_office_gets_its_own_secret_and_comes_to_its_provinces_machine(tmp_path: Path) -> None:
    written(tmp_path)
    out = tmp_path / "out"
    reached = {}
    for name in ("offices/xa.hai", "offices/ha-noi", "collector-92"):
        path = out / name / "hub.toml"
        reached[name] = cluster_of(path, read_hub(path))
    assert reached["offices/xa.hai"].servers == ("tls://127.0.0.4:4222",)
    assert len(reached["offices/ha-noi"].servers) == 3
    assert reached["collector-92"].user == "collector-92"
    assert len({one.password for one in reached.values()}) == 3
    (out / "hub1" / "nats.conf").unlink()
    again = written(tmp_path, offices=f"{OFFICES}moi,01,Mới\n")
    assert again.exit_code == 0, again.output
    for name, before in reached.items():
        path = out / name / "hub.toml"
        assert cluster_of(path, read_hub(path)) == before
    assert (out / "offices" / "moi" / "hub.password").stat().st_mode & 0o077 == 0
    assert '"moi"' in (out / "hub1" / "nats.conf").read_text()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (', "127.0.0.3"', ', "127.0.0.3", "127.0.0.5"', "odd number"),
        ('"01"', '"02"', "offices of 01 have none"),
        ('"01"', '"92"', "offices of 01 have none"),
        ("offices.csv", "none.csv", "none.csv"),
    ],
)
def test_a_plan_that_does_not_hold_together(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    done = written(tmp_path, PLAN.replace(right, wrong))
    assert done.exit_code != 0
    assert said in str(done.exception)
    assert not (tmp_path / "out").exists()
