"""Writes a LightGBM ensemble as an ONNX graph that gives minutes.

The ensemble predicts the square root of the wait, so the graph ends in max(0, x) squared. LightGBM
compares doubles, ONNX floats: thresholds are rounded down to float32, after which every float32
input falls on the same side as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper

OPSETS = {"": 17, "ai.onnx.ml": 3}
IR_VERSION = 8
# LightGBM writes 1e300 for 'every number'.
LARGEST = float(np.finfo(np.float32).max)


@dataclass(slots=True)
class _Nodes:
    """The columns in which ONNX keeps all nodes of all trees."""

    trees: list[int] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    features: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    yes: list[int] = field(default_factory=list)
    no: list[int] = field(default_factory=list)
    missing_yes: list[int] = field(default_factory=list)
    leaves: list[tuple[int, int, float]] = field(default_factory=list)

    def add(self, tree: int, number: int, node: dict[str, Any], yes: int, no: int) -> None:
        """One node; a leaf has no children."""
        leaf = "leaf_value" in node
        if leaf:
            self.leaves.append((tree, number, float(node["leaf_value"])))
        self.trees.append(tree)
        self.ids.append(number)
        self.features.append(0 if leaf else int(node["split_feature"]))
        self.values.append(0.0 if leaf else rounded_down(float(node["threshold"])))
        self.modes.append("LEAF" if leaf else "BRANCH_LEQ")
        self.yes.append(yes)
        self.no.append(no)
        self.missing_yes.append(0 if leaf else int(_missing_goes_left(node)))


def rounded_down(threshold: float) -> float:
    """The largest float32 not above a double."""
    threshold = min(max(threshold, -LARGEST), LARGEST)
    near = np.float32(threshold)
    if float(near) > threshold:
        near = np.nextafter(near, np.float32(-np.inf))
    return float(near)


def _missing_goes_left(node: dict[str, Any]) -> bool:
    """Where NaN goes: LightGBM reads it as nought where training saw none."""
    if node["missing_type"] == "NaN":
        return bool(node["default_left"])
    return bool(node["threshold"] >= 0.0)


def _walk(root: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any], int, int]]:
    """Number, node and the numbers of its children, from the root on."""
    pending, following = [(0, root)], 1
    while pending:
        number, node = pending.pop()
        if "leaf_value" in node:
            yield number, node, 0, 0
            continue
        yes, no = following, following + 1
        following += 2
        yield number, node, yes, no
        pending += [(no, node["right_child"]), (yes, node["left_child"])]


def as_onnx(dump: dict[str, Any], grown_on: bytes | None = None) -> bytes:
    """The graph of `Booster.dump_model()`; its trees stand behind those of `grown_on`.

    Raises:
        ValueError: a tree splits in a way this does not know.
    """
    nodes = _nodes_of(grown_on) if grown_on is not None else _Nodes()
    first = max(nodes.trees, default=-1) + 1
    for tree, info in enumerate(dump["tree_info"], first):
        for number, node, yes, no in _walk(info["tree_structure"]):
            if node.get("decision_type", "<=") != "<=" or node.get("missing_type") == "Zero":
                raise ValueError("only splits by size, without nought as missing, can be exported")
            nodes.add(tree, number, node, yes, no)
    return _graph(nodes, int(dump["max_feature_idx"]) + 1)


def root_graph(model: bytes) -> bytes:
    """The same trees, ending in the root of the wait that may still be below nought."""
    graph = onnx.load_from_string(model)
    graph.graph.output[0].name = "root"
    del graph.graph.node[1:]
    return bytes(graph.SerializeToString())


def _nodes_of(model: bytes) -> _Nodes:
    """The trees of a graph that was written here."""
    told = {
        each.name: helper.get_attribute_value(each)
        for each in onnx.load_from_string(model).graph.node[0].attribute
    }
    return _Nodes(
        trees=list(told["nodes_treeids"]),
        ids=list(told["nodes_nodeids"]),
        features=list(told["nodes_featureids"]),
        values=list(told["nodes_values"]),
        modes=[mode.decode() for mode in told["nodes_modes"]],
        yes=list(told["nodes_truenodeids"]),
        no=list(told["nodes_falsenodeids"]),
        missing_yes=list(told["nodes_missing_value_tracks_true"]),
        leaves=list(
            zip(
                told["target_treeids"],
                told["target_nodeids"],
                told["target_weights"],
                strict=True,
            )
        ),
    )


def _graph(nodes: _Nodes, width: int) -> bytes:
    leaf_trees, leaf_ids, weights = zip(*nodes.leaves, strict=True)
    trees = helper.make_node(
        "TreeEnsembleRegressor", ["rows"], ["root"], domain="ai.onnx.ml",
        nodes_treeids=nodes.trees, nodes_nodeids=nodes.ids, nodes_featureids=nodes.features,
        nodes_values=nodes.values, nodes_modes=nodes.modes, nodes_truenodeids=nodes.yes,
        nodes_falsenodeids=nodes.no, nodes_missing_value_tracks_true=nodes.missing_yes,
        target_treeids=list(leaf_trees), target_nodeids=list(leaf_ids),
        target_ids=[0] * len(weights), target_weights=list(weights),
        n_targets=1, aggregate_function="SUM", post_transform="NONE",
    )  # fmt: skip
    graph = helper.make_graph(
        [
            trees,
            helper.make_node("Relu", ["root"], ["positive"]),
            helper.make_node("Mul", ["positive", "positive"], ["minutes"]),
        ],
        "wait",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, width])],
        [helper.make_tensor_value_info("minutes", TensorProto.FLOAT, [None, 1])],
    )
    opsets = [helper.make_opsetid(domain, version) for domain, version in OPSETS.items()]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())
