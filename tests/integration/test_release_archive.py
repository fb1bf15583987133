"""A release is taken only whole, as listed, and signed by the key that is trusted."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from queue_server.adapters import minisign
from queue_server.adapters.release_archive import LIST, ReleaseRefused, pack, unpack

COMMENT = "motcua-edge 9.9.9"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    files = {}
    for name, content in (("wheels/a-1-py3-none-any.whl", b"wheel" * 999), ("sbom.json", b"{}")):
        files[name] = tmp_path / "made" / name
        files[name].parent.mkdir(parents=True, exist_ok=True)
        files[name].write_bytes(content)
    to = tmp_path / "motcua-edge-9.9.9.tar"
    release = pack(files, to, "9.9.9", "3.11", "x86_64")
    assert [one.path for one in release.files] == sorted(files)
    return to


@pytest.fixture
def signed(archive: Path, tmp_path: Path) -> tuple[Path, str, minisign.PublicKey]:
    public = minisign.new_key(tmp_path / "release.pem")
    return archive, minisign.sign(archive, tmp_path / "release.pem", COMMENT), public


def test_what_was_packed_comes_out_and_the_same_files_make_the_same_archive(
    archive: Path, tmp_path: Path
) -> None:
    release = unpack(archive, tmp_path / "out")
    assert (release.version, release.python) == ("9.9.9", "3.11")
    assert (tmp_path / "out" / "sbom.json").read_bytes() == b"{}"
    files = {one.path: tmp_path / "out" / one.path for one in release.files}
    pack(files, tmp_path / "again.tar", "9.9.9", "3.11", "x86_64")
    assert (tmp_path / "again.tar").read_bytes() == archive.read_bytes()


def test_a_sound_signature_gives_its_comment(
    signed: tuple[Path, str, minisign.PublicKey], tmp_path: Path
) -> None:
    archive, signature, public = signed
    assert minisign.check(archive, signature, minisign.read_public(public.text())) == COMMENT
    assert (tmp_path / "release.pem").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        minisign.new_key(tmp_path / "release.pem")


def test_a_changed_archive_signature_or_comment_is_refused(
    signed: tuple[Path, str, minisign.PublicKey], tmp_path: Path
) -> None:
    archive, signature, public = signed
    other = minisign.new_key(tmp_path / "other.pem")
    by_other = minisign.sign(archive, tmp_path / "other.pem", COMMENT)
    with pytest.raises(minisign.NotSigned, match="another key"):
        minisign.check(archive, by_other, public)
    posing = minisign.PublicKey(public.id, other.key)
    lines = signature.splitlines()
    wrong = [
        (signature, posing),
        (signature.replace(COMMENT, "motcua-edge 9.9.8"), public),
        ("\n".join([lines[0], by_other.splitlines()[1], *lines[2:]]), public),
        ("\n".join(lines[:3]), public),
        ("", public),
        (signature.replace(lines[1], "AAAA"), public),
        (signature.replace(lines[1], "§"), public),
    ]
    for text, key in wrong:
        with pytest.raises(minisign.NotSigned):
            minisign.check(archive, text, key)
    whole = bytearray(archive.read_bytes())
    whole[len(whole) // 2] ^= 1
    archive.write_bytes(whole)
    with pytest.raises(minisign.NotSigned, match="changed after"):
        minisign.check(archive, signature, public)
    for text in ("", "x", "untrusted comment: x\nAAAA\n"):
        with pytest.raises(minisign.NotSigned):
            minisign.read_public(text)


def test_the_tool_minisign_finds_the_same(
    signed: tuple[Path, str, minisign.PublicKey], tmp_path: Path
) -> None:
    tool = shutil.which("minisign")
    if tool is None:
        pytest.skip("minisign is not installed; firmware_configs/debian/packages.txt names it")
    archive, signature, public = signed
    key, beside = tmp_path / "release.pub", archive.with_name(f"{archive.name}.minisig")
    key.write_text(public.text(), "utf-8")
    beside.write_text(signature, "utf-8")
    command = [tool, "-Vm", str(archive), "-p", str(key)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert COMMENT in said.stdout
    beside.write_text(signature.replace(COMMENT, "motcua-edge 9.9.8"), "utf-8")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def rewritten(archive: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]) -> None:
    """The archive with other members, as somebody without the key could still make it."""
    with tarfile.open(archive) as tar:
        members = [(one, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]  # plain files
    change(members)
    with tarfile.open(archive, "w") as tar:
        for one, content in members:
            tar.addfile(one, io.BytesIO(content))


def plain(name: str, content: bytes = b"x") -> tuple[tarfile.TarInfo, bytes]:
    one = tarfile.TarInfo(name)
    one.size = len(content)
    return one, content


def link(name: str) -> tuple[tarfile.TarInfo, bytes]:
    one = tarfile.TarInfo(name)
    one.type, one.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return one, b""


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.append(plain("more.txt")),
        lambda members: members.append(plain("../outside")),
        lambda members: members.append(plain("/outside")),
        lambda members: members.append(link("wheels/b")),
        lambda members: members.append(plain("sbom.json", b"{}")),
        lambda members: members.pop(),
        lambda members: members.pop(0),
        lambda members: members.reverse(),
        lambda members: members.__setitem__(1, plain("sbom.json", b"[]")),
        lambda members: members.__setitem__(1, plain("sbom.json", b"{ }")),
        lambda members: members.__setitem__(1, link("sbom.json")),
        lambda members: members.__setitem__(0, plain(LIST, b"{")),
        lambda members: members.clear(),
    ],
)
def test_an_archive_that_is_not_as_listed_is_refused(
    archive: Path, tmp_path: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]
) -> None:
    rewritten(archive, change)
    with pytest.raises(ReleaseRefused):
        unpack(archive, tmp_path / "out")
    assert not (tmp_path / "outside").exists()


def test_half_an_archive_is_refused(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    for length in (0, 100, 700, len(whole) // 2, len(whole) - 10240):
        archive.write_bytes(whole[:length])
        with pytest.raises(ReleaseRefused):
            unpack(archive, tmp_path / f"out{length}")


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../b", "a//b", ".hidden", "a/b/c", ""])
def test_the_list_names_plain_paths_only(tmp_path: Path, path: str) -> None:
    content = tmp_path / "content"
    content.write_bytes(b"x")
    with pytest.raises(ValueError, match="path"):
        pack({path: content}, tmp_path / "x.tar", "1.0", "3.11", "x86_64")
