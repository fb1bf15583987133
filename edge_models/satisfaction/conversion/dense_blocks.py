"""Builds expression model C: four blocks of four separable convolutions that add up as they go.

The package ships weights only; the order of operations is public in its source (MIT): each block
halves the picture, and each convolution sees the sum of all before it.
"""

from __future__ import annotations

import json

import numpy as np

from edge_models.satisfaction.conversion.steps import Chain, Network, Weights
from edge_models.satisfaction.conversion.tfjs_weights import tensors

LABELS = ("neutral", "happy", "sad", "angry", "fear", "disgust", "surprise")
MEAN_RGB = (122.782, 117.001, 104.298)
BLOCKS = 4
IN_BLOCK = 4


def read(body: bytes, manifest: bytes) -> Network:
    """The network; its input is red, green, blue from 0 to 255."""
    given = tensors(json.loads(manifest), body)
    chain = Chain()
    mean = np.array(MEAN_RGB, dtype=np.float32)
    scale = Weights(np.full(3, 1 / 255, dtype=np.float32))
    now = chain.put("affine", "faces", weights=[scale, Weights(-mean / np.float32(255))])
    for block in range(BLOCKS):
        now = _block(chain, now, given, f"dense{block}")
    mean_of_all = chain.put("mean", now)
    scores = chain.put("dense", mean_of_all, weights=[given["fc/weights"], given["fc/bias"]])
    chain.put("softmax", scores)
    return Network(112, 3, LABELS, chain.steps)


def _block(chain: Chain, now: str, given: dict[str, Weights], block: str) -> str:
    first = _conv(chain, now, given, f"{block}/conv0", stride=2)
    total = chain.put("relu", first)
    seen = total
    for place in range(1, IN_BLOCK):
        more = _conv(chain, seen, given, f"{block}/conv{place}", stride=1)
        total = chain.put("add", total, more)
        seen = chain.put("relu", total)
    return seen


def _conv(chain: Chain, now: str, given: dict[str, Weights], name: str, *, stride: int) -> str:
    if f"{name}/filters" in given:
        made = chain.put("conv", now, weights=[given[f"{name}/filters"]], stride=stride)
    else:
        deep = [given[f"{name}/depthwise_filter"]]
        made = chain.put("depthwise", now, weights=deep, stride=stride)
        made = chain.put("conv", made, weights=[given[f"{name}/pointwise_filter"]])
    bias = given[f"{name}/bias"]
    return chain.put("affine", made, weights=[Weights(np.ones_like(bias.stored)), bias])
