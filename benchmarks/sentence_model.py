"""A model of sentences, from its weights: `python -m benchmarks.sentence_model WEIGHTS FOLDER`.

WEIGHTS is a folder with the `model.safetensors` and `tokenizer.json` of a small BERT, as MiniLM
is published; FOLDER gets the same as `model.onnx`, with whole numbers of eight bits for weights,
which takes a quarter of the room and half of the time. Nothing is downloaded and torch is not
needed. The graph is that of Devlin et al., "BERT", 2018.
"""

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

OPSET = 17
IR_VERSION = 8
Weights = Mapping[str, np.ndarray[Any, Any]]


def weights_in(file: Path) -> Weights:
    """Those of 32 bits: a header's length in eight bytes, the header as JSON, the numbers."""
    told = file.read_bytes()
    start = 8 + int.from_bytes(told[:8], "little")
    header = json.loads(told[8:start])
    numbers = np.frombuffer(told[start:], "<f4")
    return {
        name: numbers[slice(*(each // 4 for each in at["data_offsets"]))].reshape(at["shape"])
        for name, at in header.items()
        if at.get("dtype") == "F32"
    }


@attrs.define
class Graph:
    """Grows node by node; a value is known by its name."""

    weights: Weights
    heads: int
    nodes: list[onnx.NodeProto] = attrs.field(factory=list)
    constants: dict[str, onnx.TensorProto] = attrs.field(factory=dict)

    def node(self, kind: str, *inputs: str, **of: Any) -> str:
        name = f"value_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **of))
        return name

    def constant(self, value: np.ndarray[Any, Any]) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants[name] = numpy_helper.from_array(value, name)
        return name

    def weight(self, name: str) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(self.weights[name].copy(), name))
        return name

    def dense(self, layer: str, value: str) -> str:
        weight = self.constant(np.ascontiguousarray(self.weights[f"{layer}.weight"].T))
        return self.node("Add", self.node("MatMul", value, weight), self.weight(f"{layer}.bias"))

    def norm(self, layer: str, value: str) -> str:
        weight, bias = self.weight(f"{layer}.weight"), self.weight(f"{layer}.bias")
        return self.node("LayerNormalization", value, weight, bias, axis=-1, epsilon=1e-12)

    def words(self) -> str:
        """Of each word: itself, its place, and that there is one text."""
        length = self.node("Slice", self.node("Shape", "input_ids"), *self._integers([1], [2]))
        places = self.node(
            "Slice",
            self.weight("embeddings.position_embeddings.weight"),
            *(self._integers([0])[0], length, self._integers([0])[0]),
        )
        word = self.node("Gather", self.weight("embeddings.word_embeddings.weight"), "input_ids")
        kind = self.constant(self.weights["embeddings.token_type_embeddings.weight"][:1].copy())
        told = self.node("Add", self.node("Add", word, places), kind)
        return self.norm("embeddings.LayerNorm", told)

    def unseen(self) -> str:
        """What is added where nothing stands."""
        mask = self.node("Cast", "attention_mask", to=TensorProto.FLOAT)
        mask = self.node("Unsqueeze", mask, *self._integers([1, 2]))
        missing = self.node("Sub", self.constant(np.array(1, np.float32)), mask)
        return self.node("Mul", missing, self.constant(np.array(-10_000, np.float32)))

    def layer(self, layer: str, value: str, unseen: str) -> str:
        query, key, about = (
            self._by_head(self.dense(f"{layer}.attention.self.{part}", value), turned)
            for part, turned in (
                ("query", (0, 2, 1, 3)),
                ("key", (0, 2, 3, 1)),
                ("value", (0, 2, 1, 3)),
            )
        )
        size = self.weights[f"{layer}.attention.self.query.bias"].size // self.heads
        scale = self.constant(np.array(size**-0.5, np.float32))
        near = self.node("Mul", self.node("MatMul", query, key), scale)
        seen = self.node("Softmax", self.node("Add", near, unseen), axis=-1)
        told = self.node("Transpose", self.node("MatMul", seen, about), perm=[0, 2, 1, 3])
        told = self.node("Reshape", told, *self._integers([0, 0, size * self.heads]))
        told = self.dense(f"{layer}.attention.output.dense", told)
        value = self.norm(f"{layer}.attention.output.LayerNorm", self.node("Add", told, value))
        wide = self._gelu(self.dense(f"{layer}.intermediate.dense", value))
        told = self.dense(f"{layer}.output.dense", wide)
        return self.norm(f"{layer}.output.LayerNorm", self.node("Add", told, value))

    def _by_head(self, value: str, turned: tuple[int, ...]) -> str:
        split = self.node("Reshape", value, *self._integers([0, 0, self.heads, -1]))
        return self.node("Transpose", split, perm=list(turned))

    def _gelu(self, value: str) -> str:
        half, root, one = (
            self.constant(np.array(number, np.float32)) for number in (0.5, 2**-0.5, 1)
        )
        told = self.node("Add", self.node("Erf", self.node("Mul", value, root)), one)
        return self.node("Mul", self.node("Mul", value, half), told)

    def _integers(self, *each: list[int]) -> list[str]:
        return [self.constant(np.array(numbers, np.int64)) for numbers in each]


def model_of(weights: Weights, heads: int, layers: int) -> onnx.ModelProto:
    """Takes `input_ids` and `attention_mask`, tells a vector for each token."""
    graph = Graph(weights=weights, heads=heads)
    value, unseen = graph.words(), graph.unseen()
    for number in range(layers):
        value = graph.layer(f"encoder.layer.{number}", value, unseen)
    graph.nodes.append(helper.make_node("Identity", [value], ["last_hidden_state"]))
    texts = ["texts", "tokens"]
    made = helper.make_graph(
        graph.nodes,
        "sentences",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, texts)
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*texts, None])],
        list(graph.constants.values()),
    )
    opset = [helper.make_opsetid("", OPSET)]
    return helper.make_model(made, opset_imports=opset, ir_version=IR_VERSION)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    told = json.loads((options.weights / "config.json").read_text())
    model = model_of(
        weights_in(options.weights / "model.safetensors"),
        told["num_attention_heads"],
        told["num_hidden_layers"],
    )
    onnx.checker.check_model(model)
    options.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        onnx.save(model, exact)
        quantize_dynamic(exact, options.folder / "model.onnx", weight_type=QuantType.QInt8)
    shutil.copy(options.weights / "tokenizer.json", options.folder)


if __name__ == "__main__":
    main()
