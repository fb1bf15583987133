"""Reads expression model A: a Keras 2 file, layers as JSON and weights by layer name."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import h5py
import numpy as np

from edge_models.satisfaction.conversion.steps import Chain, Network, Op, Weights

LABELS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
PLAIN: Mapping[str, Op] = {"Add": "add", "GlobalAveragePooling2D": "mean"}


def read(body: bytes) -> Network:
    """The network in the file.

    Raises:
        ValueError: a layer that this reader does not know.
    """
    with h5py.File(io.BytesIO(body)) as file:
        layers = json.loads(file.attrs["model_config"])["config"]["layers"]
        tensors = _tensors(file["model_weights"])
    chain, names = Chain(), {layers[0]["config"]["name"]: "faces"}
    side, channels = layers[0]["config"]["batch_input_shape"][2:]
    for layer in layers[1:]:
        inputs = [names[source[0]] for source in layer["inbound_nodes"][0]]
        config = layer["config"]
        names[config["name"]] = _put(
            chain, layer["class_name"], config, inputs, tensors.get(config["name"], {})
        )
    return Network(side, channels, LABELS, chain.steps)


def _tensors(group: Any) -> dict[str, dict[str, Weights]]:
    """Layer → kind (`kernel`, `gamma`, …) → numbers."""
    found: dict[str, dict[str, Weights]] = {}

    def keep(path: str, item: Any) -> None:
        if isinstance(item, h5py.Dataset):
            kind = path.rsplit("/", 1)[-1].removesuffix(":0")
            found.setdefault(path.split("/", 1)[0], {})[kind] = Weights(np.asarray(item))

    group.visititems(keep)
    return found


def _put(
    chain: Chain,
    kind: str,
    config: dict[str, Any],
    inputs: list[str],
    tensors: dict[str, Weights],
) -> str:
    shape: dict[str, Any] = {}
    if "padding" in config:
        shape = {"same": config["padding"] == "same", "stride": config["strides"][0]}
    if kind == "Conv2D":
        name = chain.put("conv", *inputs, weights=[tensors["kernel"]], **shape)
        return _biased(chain, name, tensors)
    if kind == "SeparableConv2D":
        deep = chain.put("depthwise", *inputs, weights=[tensors["depthwise_kernel"]], **shape)
        name = chain.put("conv", deep, weights=[tensors["pointwise_kernel"]])
        return _biased(chain, name, tensors)
    if kind == "BatchNormalization":
        return chain.put("affine", *inputs, weights=_normalisation(tensors, config["epsilon"]))
    if kind == "MaxPooling2D":
        return chain.put("max_pool", *inputs, size=config["pool_size"][0], **shape)
    plain = config["activation"] if kind == "Activation" else PLAIN.get(kind)
    if plain is None:
        raise ValueError(f"a layer nobody expected: {kind}")
    return chain.put(plain, *inputs)


def _biased(chain: Chain, name: str, tensors: dict[str, Weights]) -> str:
    if "bias" not in tensors:
        return name
    bias = tensors["bias"]
    return chain.put("affine", name, weights=[Weights(np.ones_like(bias.stored)), bias])


def _normalisation(tensors: dict[str, Weights], epsilon: float) -> list[Weights]:
    """(x − mean) / √(variance + ε) · γ + β as one factor and one summand for each channel."""
    gamma, beta, mean, variance = (
        tensors[kind].stored.astype(np.float64)
        for kind in ("gamma", "beta", "moving_mean", "moving_variance")
    )
    factor = gamma / np.sqrt(variance + epsilon)
    return [
        Weights(factor.astype(np.float32)),
        Weights((beta - mean * factor).astype(np.float32)),
    ]
