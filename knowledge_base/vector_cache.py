"""Sentence vectors of many unchanging texts, computed once and kept in ``$DATA_DIR/cache`` between starts.

Only a saving of time: without a writable folder the same vectors are computed at every start.
"""

from __future__ import annotations

import hashlib
import logging
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge_base.vectors import DIMENSION, sentence_vectors

_log = logging.getLogger(__name__)


def kept_vectors(texts: list[str], name: str) -> NDArray[Any]:
    """The vectors (n, 512) of ``texts``; ``name`` begins the file's name. A stale or broken file is made anew."""
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    path = Path(os.environ.get("DATA_DIR", "var")) / "cache" / f"{name}-{digest}.npy"
    try:
        kept = np.load(path, allow_pickle=False)
        if kept.shape == (len(texts), DIMENSION):
            return np.asarray(kept, dtype=np.float32)
    except (OSError, ValueError):
        _log.info("no kept vectors at %s; computing %d", path, len(texts))
    vectors = sentence_vectors(texts)
    _keep(path, name, vectors)
    return vectors


def _keep(path: Path, name: str, vectors: NDArray[Any]) -> None:
    partial = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            np.save(file, vectors)
        partial.replace(path)
        for old in path.parent.glob(f"{name}-*.npy"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("vectors could not be kept at %s (%s); the next start computes them again", path, error)
