"""Units, users, rules and packages of an office machine, each read by the tool that will use it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CONFIGS = Path(__file__).parents[2] / "firmware_configs"
UNITS = sorted((CONFIGS / "systemd").glob("*.service"))
TIMERS = sorted((CONFIGS / "systemd").glob("*.timer"))
NAMES = [unit.name.replace("@.", "@92.") for unit in UNITS]
PROGRAMS = (
    *("opt/motcua/bin/motcua", "usr/bin/cage", "usr/sbin/mosquitto", "bin/kill"),
    "usr/local/bin/nats-server",
)
MOST_EXPOSED = 2.5
"""Of 10; what is left are the network, and devices where a unit needs them."""
NOBODY = 65534


def tool(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed; firmware_configs/debian/packages.txt names it")
    return found


def run(*command: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]  # plain options of run
        command, capture_output=True, text=True, check=False, timeout=60, **more
    )


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The root of a machine on which our units, users and stand-ins of the programs are."""
    system = Path("/usr/lib/systemd/system")
    if not system.is_dir():
        pytest.skip("no systemd units on this machine to stand on")
    tool("systemd-analyze")
    units = tmp_path / "etc/systemd/system"
    units.mkdir(parents=True)
    for unit in (*UNITS, *TIMERS):
        shutil.copy(unit, units)
    shutil.copytree(system, tmp_path / "usr/lib/systemd/system", symlinks=True)
    for name in PROGRAMS:
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    return tmp_path


def verify(machine: Path, unit: str) -> subprocess.CompletedProcess[str]:
    only_this = "--recursive-errors=no"
    return run("systemd-analyze", "verify", f"--root={machine}", "--man=no", only_this, unit)


@pytest.mark.parametrize("unit", [*NAMES, *(timer.name for timer in TIMERS)])
def test_systemd_takes_each_unit_without_a_word(machine: Path, unit: str) -> None:
    done = verify(machine, unit)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("Restart=always", "Restrat=always"), ("/opt/motcua/bin/motcua", "/opt/motcua/bin/mocua")],
)
def test_a_fault_in_a_unit_is_found(machine: Path, right: str, wrong: str) -> None:
    """So that silence means something."""
    unit = machine / "etc/systemd/system/motcua-server.service"
    unit.write_text(unit.read_text("utf-8").replace(right, wrong), "utf-8")
    done = verify(machine, unit.name)
    assert done.returncode != 0
    assert wrong.partition("=")[0] in done.stderr


@pytest.mark.parametrize("unit", NAMES)
def test_no_service_may_more_than_it_needs(machine: Path, unit: str) -> None:
    done = run("systemd-analyze", "security", "--offline=true", f"--root={machine}", unit)
    said = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert said, done.stdout + done.stderr
    assert float(said[1]) <= MOST_EXPOSED


def test_every_unit_comes_back_by_itself_and_runs_as_nobody_important() -> None:
    what = [name.removeprefix("motcua-").removesuffix(".service") for name in NAMES]
    hub = ["hub-board", "hub-collector@92", "hub-fold", "hub-nats"]
    office = ["announcer", "backup", "broker", "camera", "counter", "kiosk", "relay", "server"]
    assert sorted(what) == sorted(hub + office)
    for unit in UNITS:
        text = unit.read_text("utf-8")
        if "Type=oneshot" in text:
            # What is done once comes back by its timer, also when the machine was off then.
            assert "Persistent=yes" in unit.with_suffix(".timer").read_text("utf-8")
        else:
            assert "Restart=always" in text
            assert "StartLimitIntervalSec=0" in text
        assert re.search(r"^User=motcua(-kiosk)?$", text, re.MULTILINE)


def test_a_program_that_says_that_it_works_is_ended_when_it_falls_silent() -> None:
    told = [unit for unit in UNITS if "WatchdogSec=" in unit.read_text("utf-8")]
    assert [unit.stem for unit in told] == ["motcua-counter", "motcua-kiosk", "motcua-server"]
    for unit in told:
        text = unit.read_text("utf-8")
        assert "Type=notify" in text
        assert re.search(r"^NotifyAccess=(main|all)$", text, re.MULTILINE)
        assert re.search(r"^WatchdogSec=\d+\nWatchdogSignal=SIGKILL$", text, re.MULTILINE)


def test_the_users_are_made(tmp_path: Path) -> None:
    program = tool("systemd-sysusers")
    (tmp_path / "etc").mkdir()
    done = run(program, f"--root={tmp_path}", CONFIGS / "sysusers" / "motcua.conf")
    assert done.returncode == 0, done.stderr
    passwd = (tmp_path / "etc/passwd").read_text()
    for user in ("motcua", "motcua-kiosk"):
        assert re.search(rf"^{user}:.*:/var/lib/{user}:/usr/sbin/nologin$", passwd, re.MULTILINE)


def read_by_udev(folder: Path, rules: list[Path]) -> list[str]:
    """What udevadm says about these rules, alone in a namespace where the group exists."""
    udevadm, unshare = tool("udevadm"), tool("unshare")
    if os.geteuid() or run(unshare, "-m", "true").returncode:
        pytest.skip("only root in a machine with mount namespaces can show udev other rules")
    place, groups = folder / "rules.d", folder / "group"
    place.mkdir()
    for rule in rules:
        shutil.copy(rule, place)
    groups.write_text(Path("/etc/group").read_text() + "motcua:x:64000:\n")
    script = 'mount --bind "$1" /etc/udev/rules.d && mount --bind "$2" /etc/group && "$3" test "$4"'
    null = "/sys/devices/virtual/mem/null"
    done = run(unshare, "-m", "sh", "-c", script, "sh", place, groups, udevadm, null)
    said = (done.stdout + done.stderr).splitlines()
    for rule in rules:
        assert any(rule.name in line and "Reading" in line for line in said), done.stderr
    return [line for line in said if re.search(r"rules\.d/[\w-]+\.rules:\d+", line)]


def test_udev_reads_the_rules_without_a_complaint(tmp_path: Path) -> None:
    assert read_by_udev(tmp_path, sorted((CONFIGS / "udev").glob("*.rules"))) == []


def test_udev_complains_of_a_wrong_rule(tmp_path: Path) -> None:
    wrong = tmp_path / "99-wrong.rules"
    wrong.write_text('SUBSYSTEM=="tty", SYMLNK+="motcua/keypad-1"\n')
    (said,) = read_by_udev(tmp_path, [wrong])
    assert "SYMLNK" in said


def test_cage_shows_a_program_with_the_options_of_the_unit() -> None:
    """Without a screen, but the real cage: starts the program, gives it displays, ends with it."""
    cage = tool("cage")
    unit = (CONFIGS / "systemd" / "motcua-kiosk.service").read_text("utf-8")
    found = re.search(r"^ExecStart=/usr/bin/cage (.*) -- /opt", unit, re.MULTILINE)
    assert found
    runtime = Path("/tmp") / f"motcua-cage-{os.getpid()}"  # noqa: S108 - nobody must reach it
    runtime.mkdir(mode=0o700)
    somebody: dict[str, object] = {}
    if os.geteuid() == 0:
        os.chown(runtime, NOBODY, NOBODY)
        somebody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    environment = {
        "PATH": "/usr/bin:/bin",
        "XDG_RUNTIME_DIR": str(runtime),
        "WLR_BACKENDS": "headless",
        "WLR_RENDERER": "pixman",
        "WLR_LIBINPUT_NO_DEVICES": "1",
    }
    say = ("sh", "-c", 'echo "shown on $WAYLAND_DISPLAY and $DISPLAY"')
    try:
        done = run(cage, *found[1].split(), "--", *say, env=environment, **somebody)
    finally:
        shutil.rmtree(runtime)
    assert done.returncode == 0, done.stderr
    assert re.search(r"shown on wayland-\d+ and :\d+", done.stdout)


def test_debian_knows_every_package() -> None:
    apt = tool("apt-cache")
    lines = (CONFIGS / "debian" / "packages.txt").read_text("utf-8").splitlines()
    rows = [line.split(maxsplit=2) for line in lines if line and not line.startswith("#")]
    assert {kind for kind, _, _ in rows} == {"runtime", "image", "test"}
    assert all(why.startswith("# ") for _, _, why in rows)
    names = [name for _, name, _ in rows]
    assert len(names) == len(set(names))
    if "Candidate" not in run(apt, "policy", "chromium").stdout:
        pytest.skip("no package lists here: apt-get update")
    said = run(apt, "policy", *names).stdout
    known = re.findall(r"^(\S+):\n  Installed: .*\n  Candidate: (\S+)", said, re.MULTILINE)
    assert {name for name, version in known if version != "(none)"} == set(names)
