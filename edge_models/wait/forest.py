"""A forecast of several ensembles of trees: their weighted mean, which is one ensemble again.

Trees that learn a mean, trees that learn a median and trees that split at random err differently;
their mean errs less than any of them. As each is a sum of leaves, so is the mean: one list of
trees with smaller leaves, one ONNX node.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from edge_models.ticket_log.columns import Floats


@dataclass(frozen=True, slots=True)
class Part:
    """One ensemble of a forecast, told by how it differs from the recipe.

    Attributes:
        share: how much it counts; the shares of a forecast add up to 1.
        objective: what it minimises, in LightGBM's words.
        trees, rate, leaves, in_leaf: times those of the recipe.
    """

    share: float
    objective: Mapping[str, Any]
    trees: float = 1.0
    rate: float = 1.0
    leaves: float = 1.0
    in_leaf: float = 1.0


@dataclass
class Forest:
    """Trained ensembles and how much each counts."""

    parts: Sequence[tuple[float, lightgbm.Booster]]

    def predict(self, rows: NDArray[np.floating[Any]]) -> Floats:
        """The root of the wait of each row; may be a little below nought."""
        return np.asarray(sum(share * np.asarray(each.predict(rows)) for share, each in self.parts))

    def dump_model(self) -> dict[str, Any]:
        """All trees in the form of `Booster.dump_model()`, each leaf in its ensemble's share."""
        dumps = [(share, each.dump_model()) for share, each in self.parts]
        trees = [tree for share, dump in dumps for tree in _shared(share, dump["tree_info"])]
        return {**dumps[0][1], "tree_info": trees}


def _shared(share: float, trees: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for tree in trees:
        pending = [tree["tree_structure"]]
        while pending:
            node = pending.pop()
            if "leaf_value" in node:
                node["leaf_value"] *= share
            else:
                pending += [node["left_child"], node["right_child"]]
        yield tree
