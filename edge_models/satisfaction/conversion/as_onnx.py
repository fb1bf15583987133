"""Writes a network as ONNX: channels first, weights as the package stores them, bytes as bytes."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from edge_models.satisfaction.conversion.steps import Network, Step, Weights

OPSET = 13
IR = 8


def as_onnx(network: Network, name: str) -> bytes:
    """Input `faces` (n x channels x side x side), output `expressions` (n x labels)."""
    writer = _Writer()
    for step in network.steps:
        writer.write(step)
    writer.node("Identity", [network.steps[-1].output], "expressions")
    sides = [network.channels, network.side, network.side]
    graph = helper.make_graph(
        writer.nodes,
        name,
        [helper.make_tensor_value_info("faces", TensorProto.FLOAT, ["n", *sides])],
        [
            helper.make_tensor_value_info(
                "expressions", TensorProto.FLOAT, ["n", len(network.labels)]
            )
        ],
        writer.constants,
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="motcua-edge"
    )
    model.ir_version = IR
    onnx.checker.check_model(model)
    body: bytes = model.SerializeToString()
    return body


class _Writer:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def node(self, op: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], **attributes))
        return output

    def write(self, step: Step) -> None:
        windows = {
            "auto_pad": "SAME_UPPER" if step.same else "VALID",
            "strides": [step.stride, step.stride],
        }
        inputs, out = list(step.inputs), step.output
        if step.op == "conv":
            kernel = self._constant(f"{out}_w", step.weights[0].arranged(3, 2, 0, 1))
            self.node("Conv", [*inputs, kernel], out, **windows)
        elif step.op == "depthwise":
            weights = step.weights[0].arranged(2, 3, 0, 1)
            kernel = self._constant(f"{out}_w", weights)
            self.node("Conv", [*inputs, kernel], out, group=weights.stored.shape[0], **windows)
        elif step.op == "affine":
            factor, summand = (
                self._constant(f"{out}_{place}", Weights(weight.values().reshape(1, -1, 1, 1)))
                for place, weight in enumerate(step.weights)
            )
            self.node("Add", [self.node("Mul", [*inputs, factor], f"{out}_x"), summand], out)
        elif step.op == "max_pool":
            self.node("MaxPool", inputs, out, kernel_shape=[step.size, step.size], **windows)
        elif step.op == "mean":
            self.node("ReduceMean", inputs, out, axes=[2, 3], keepdims=0)
        elif step.op == "dense":
            kernel = self._constant(f"{out}_w", step.weights[0])
            self.node("Gemm", [*inputs, kernel, self._constant(f"{out}_b", step.weights[1])], out)
        else:
            plain = {"relu": "Relu", "add": "Add", "softmax": "Softmax"}[step.op]
            self.node(plain, inputs, out)

    def _constant(self, name: str, weights: Weights) -> str:
        """Bytes stay bytes in the file; onnxruntime makes floats of them once, when it loads."""
        if not weights.quantised:
            self._store(name, weights.values())
            return name
        self._store(f"{name}_bytes", weights.stored)
        self._store(f"{name}_scale", np.float32(weights.scale))
        self._store(f"{name}_least", np.float32(weights.least))
        floats = self.node("Cast", [f"{name}_bytes"], f"{name}_floats", to=TensorProto.FLOAT)
        scaled = self.node("Mul", [floats, f"{name}_scale"], f"{name}_scaled")
        return self.node("Add", [scaled, f"{name}_least"], name)

    def _store(self, name: str, values: Any) -> None:
        self.constants.append(numpy_helper.from_array(np.asarray(values), name))
