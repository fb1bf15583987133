"""Reads expression model B: a frozen TensorFlow graph of convolutions, biases folded in."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from edge_models.satisfaction.conversion.keras_file import LABELS
from edge_models.satisfaction.conversion.steps import Chain, Network, Op, Weights
from edge_models.satisfaction.conversion.tfjs_weights import tensors

PLAIN: Mapping[str, Op] = {"Relu": "relu", "AddV2": "add", "Mean": "mean", "Softmax": "softmax"}


def read(body: bytes, graph: bytes) -> Network:
    """The network of weights and topology.

    Raises:
        ValueError: a node that this reader does not know.
    """
    document = json.loads(graph)
    weights = tensors(document["weightsManifest"], body)
    chain, names = Chain(), {}
    for node in document["modelTopology"]["node"]:
        kind, name = node["op"], node["name"]
        if kind == "Placeholder":
            names[name] = "faces"
        elif kind == "Identity":
            names[name] = names[node["input"][0]]
        elif kind != "Const":
            names[name] = _put(chain, node, names, weights)
    return Network(64, 1, LABELS, chain.steps)


def _put(
    chain: Chain, node: dict[str, Any], names: dict[str, str], weights: dict[str, Weights]
) -> str:
    kind, attributes = node["op"], node.get("attr", {})
    inputs = [names[name] for name in node["input"] if name in names]
    given = [weights[name] for name in node["input"] if name in weights]
    shape: dict[str, Any] = {}
    if "padding" in attributes:
        strides = attributes["strides"]["list"]["i"]
        shape = {"same": _word(attributes["padding"]["s"]) == "SAME", "stride": int(strides[1])}
    if kind == "DepthwiseConv2dNative":
        return chain.put("depthwise", *inputs, weights=given, **shape)
    if kind == "MaxPool":
        return chain.put(
            "max_pool", *inputs, size=int(attributes["ksize"]["list"]["i"][1]), **shape
        )
    if kind == "_FusedConv2D":
        fused = [_word(word) for word in attributes["fused_ops"]["list"]["s"]]
        name = chain.put("conv", *inputs, weights=given[:1], **shape)
        ones = Weights(np.ones_like(given[1].stored))
        name = chain.put("affine", name, weights=[ones, given[1]])
        if fused not in (["BiasAdd"], ["BiasAdd", "Relu"]):
            raise ValueError(f"a fusion nobody expected: {fused}")
        return chain.put("relu", name) if "Relu" in fused else name
    if kind in PLAIN:
        return chain.put(PLAIN[kind], *inputs)
    raise ValueError(f"a node nobody expected: {kind}")


def _word(encoded: str) -> str:
    return base64.b64decode(encoded).decode()
