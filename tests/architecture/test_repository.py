"""The top level stays as it is, every folder explains itself, locks carry no address."""

from __future__ import annotations

import json
import re
from pathlib import Path

FOLDERS = {"kiosk", "queue_server", "edge_models", "firmware_configs", "tests"}
FILES = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "requirements.lock"}
README_LIMIT = 120
# Written with brackets so that this file does not hold what it looks for.
REGISTRY = re.compile(
    r"py[p]i\.org|python[h]osted\.|npm[j]s\.|npm[m]irror\.|de[b]ian\.org", re.IGNORECASE
)
KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[\w+/=]{40}|AGE-SECRET-KEY-1[0-9A-Z]{40}")
PINNED = re.compile(r"^[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+")


def foreign_names(names: set[str]) -> set[str]:
    return {name for name in names if name not in FOLDERS | FILES and not name.startswith(".")}


def lock_faults(text: str) -> list[str]:
    """Every entry is pinned and hashed, and nothing says where to download."""
    entries = text.replace("\\\n", " ").splitlines()
    faults = []
    for entry in entries:
        if "://" in entry or entry.lstrip().startswith("-"):
            faults.append(f"an address or an option: {entry[:80]}")
        elif entry.strip() and not entry.lstrip().startswith("#"):
            if not PINNED.match(entry):
                faults.append(f"not pinned: {entry[:80]}")
            if "--hash=sha256:" not in entry:
                faults.append(f"no hash: {entry[:80]}")
    return faults


def npm_lock_faults(text: str) -> list[str]:
    packages = json.loads(text)["packages"]
    faults = [f"{name}: resolved" for name, entry in packages.items() if "resolved" in entry]
    return faults + [
        f"{name}: no integrity"
        for name, entry in packages.items()
        if name and "integrity" not in entry
    ]


def test_the_top_level_is_fixed(root: Path, tracked: list[Path]) -> None:
    assert not foreign_names({path.relative_to(root).parts[0] for path in tracked})


def test_every_folder_explains_itself(root: Path) -> None:
    for folder in sorted(FOLDERS):
        readme = root / folder / "README.md"
        assert readme.is_file(), f"{folder} has no README.md"
        lines = readme.read_text("utf-8").count("\n")
        assert 5 <= lines <= README_LIMIT, f"{folder}/README.md has {lines} lines"


def test_python_locks_are_pinned_hashed_and_without_address(tracked: list[Path]) -> None:
    locks = [path for path in tracked if path.suffix == ".lock"]
    assert locks
    faults = [f"{p.name}: {fault}" for p in locks for fault in lock_faults(p.read_text("utf-8"))]
    assert not faults, "\n".join(faults)


def test_npm_locks_have_integrity_and_no_address(tracked: list[Path]) -> None:
    locks = [path for path in tracked if path.name == "package-lock.json"]
    faults = [fault for path in locks for fault in npm_lock_faults(path.read_text("utf-8"))]
    assert not faults, "\n".join(faults)


def test_no_file_names_a_registry(root: Path, tracked: list[Path]) -> None:
    faults = []
    for path in tracked:
        text = path.read_bytes().decode("utf-8", errors="ignore")
        if REGISTRY.search(text):
            faults.append(str(path.relative_to(root)))
    assert not faults


def holders_of_keys(files: list[Path]) -> list[str]:
    texts = ((path, path.read_bytes().decode("utf-8", "replace")) for path in files)
    return [path.name for path, text in texts if KEY.search(text)]


def test_no_key_is_kept_here(root: Path, tracked: list[Path]) -> None:
    assert holders_of_keys([path for path in tracked if path.suffix != ".png"]) == []
    example = (root / "firmware_configs/counter_keypad/secrets.example.yaml").read_text("utf-8")
    given = re.findall(r'^\w+: "(.*)"$', example, re.MULTILINE)
    assert [one for one in given if not re.match("change-me|put-the|office-devices", one)] == []


def test_a_kept_key_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(f"key: |\n  -----BEGIN EC PRIVATE KEY-----\n  {'MHcCAQEE' * 8}\n")
    (tmp_path / "b").write_text(f"# public\nAGE-SECRET-KEY-1{'Q' * 58}\n")
    (tmp_path / "c").write_text("-----BEGIN PRIVATE KEY-----\n  put the lines here\n")
    assert holders_of_keys(sorted(tmp_path.iterdir())) == ["a", "b"]


def test_the_licence_is_apache_2(root: Path) -> None:
    text = (root / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_faults_of_locks_are_seen() -> None:
    good = "a==1 \\\n    --hash=sha256:00\n"
    assert not lock_faults(good)
    assert lock_faults("a>=1 \\\n    --hash=sha256:00\n")
    assert lock_faults("a==1\n")
    assert lock_faults("--index-url x\n" + good)
    assert lock_faults("a @ https://somewhere/a.whl --hash=sha256:00\n")
    npm = {"": {}, "node_modules/lit": {"integrity": "sha512-x"}}
    assert not npm_lock_faults(json.dumps({"packages": npm}))
    npm["node_modules/lit"] = {"resolved": "x", "integrity": "sha512-x"}
    assert npm_lock_faults(json.dumps({"packages": npm}))
    npm["node_modules/lit"] = {}
    assert npm_lock_faults(json.dumps({"packages": npm}))


def test_strangers_and_registries_are_seen() -> None:
    assert foreign_names({"kiosk", ".ci", "scripts"}) == {"scripts"}
    assert REGISTRY.search("https://registry." + "npm" + "js.org/lit")
    assert REGISTRY.search("files.python" + "hosted.org")
