"""A model of sentences in a file, run by onnxruntime: `pip install 'frontdesk[semantic]'`.

Its folder has `model.onnx` and `tokenizer.json`, as sentence-transformers exports them. Nothing
is ever fetched.
"""

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from application.documentation.embedding import Embedder, NotEmbedded
from domain.documentation.meaning import Vector

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
MOST_TOKENS = 256
LARGEST = 127

logger = logging.getLogger(__name__)


class OnnxEmbedder(Embedder):
    """Opened by whoever asks first; one text after the other, on one core, beside the loop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="embedding")

    @cached_property
    def model(self) -> str:
        """By what is in the files: another model in the same place is another one."""
        digest = hashlib.sha256()
        for name in (MODEL, TOKENIZER):
            with (self._folder / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:32]

    async def __call__(self, texts: Sequence[str], /) -> Sequence[Vector]:
        """Whoever gives up while others are at it leaves nothing to do behind."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._embed, texts)

    def _embed(self, texts: Sequence[str]) -> list[Vector]:
        try:
            return [self._one(text) for text in texts]
        except Exception as error:
            logger.exception("a text could not be embedded")
            raise NotEmbedded(type(error).__name__) from error

    def _one(self, text: str) -> Vector:
        """The mean of what its words mean in it, of unit length, a byte a dimension."""
        said = self._tokenizer.encode(text)
        mask = np.array([said.attention_mask], dtype=np.int64)
        ids = np.array([said.ids], dtype=np.int64)
        every = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        told = self._session.run(None, {name: every[name] for name in self._inputs})[0]
        mean = (told[0] * mask[0][:, None]).sum(axis=0)
        length = float(np.linalg.norm(mean)) or 1.0
        vector: bytes = np.rint(mean / length * LARGEST).astype(np.int8).tobytes()
        return vector

    @cached_property
    def _session(self) -> Any:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        path = str(self._folder / MODEL)
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _inputs(self) -> list[str]:
        return [each.name for each in self._session.get_inputs()]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.enable_truncation(MOST_TOKENS)
        tokenizer.no_padding()
        return tokenizer
