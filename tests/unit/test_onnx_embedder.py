"""A model in a file is run as it is; whatever is wrong with it is said in words of the port."""

from array import array
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from adapters.embedding.onnx import MODEL, TOKENIZER, OnnxEmbedder
from application.documentation.embedding import NotEmbedded

pytestmark = pytest.mark.anyio

WORDS = {"[UNK]": 0, "cancel": 1, "booking": 2, "price": 3}
MEANINGS = np.array([[0, 0], [3, 4], [0, 5], [-1, 0]], dtype=np.float32)


def save(folder: Path) -> None:
    """Each word means what its row says."""
    shape = ["batch", "sequence"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("told", TensorProto.FLOAT, [*shape, 2])
    node = helper.make_node("Gather", ["meanings", "input_ids"], ["told"])
    meanings = numpy_helper.from_array(MEANINGS, "meanings")
    graph = helper.make_graph([node], "words", inputs, [output], [meanings])
    opset = [helper.make_opsetid("", 13)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), folder / MODEL)
    tokenizer = Tokenizer(WordLevel(WORDS, unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / TOKENIZER))


async def test_a_text_is_the_mean_of_its_words(tmp_path: Path) -> None:
    save(tmp_path)
    embed = OnnxEmbedder(tmp_path)

    one, both, nothing = await embed(["price", "cancel booking", ""])

    assert list(array("b", one)) == [-127, 0]
    assert list(array("b", both)) == [40, 120]  # of (1.5, 4.5), one long
    assert list(array("b", nothing)) == [0, 0]


async def test_another_file_is_another_model(tmp_path: Path) -> None:
    save(tmp_path)
    before = OnnxEmbedder(tmp_path).model
    assert OnnxEmbedder(tmp_path).model == before
    (tmp_path / TOKENIZER).write_text("{}")

    assert OnnxEmbedder(tmp_path).model != before


async def test_what_cannot_be_opened_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(NotEmbedded):
        await OnnxEmbedder(tmp_path)(["price"])
