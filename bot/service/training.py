"""Rasa's training as we run it: ``python -m bot.service.training FILE`` trains a model into FILE.

It is ``rasa train`` less costs that bring nothing to a run that ends with the model: the rest of Rasa's command line,
collecting garbage, copying each utterance where data sets are put together, and packing as tightly as can be. The
model is the same. Rasa 3.6.21 is the last of its line and pinned, so what is replaced here will not move under us.

Rasa is imported where it is needed: the second process that helps with reading imports this module first.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

# Smaller by a fiftieth at 9, in seven times the time.
_PACKED = 6


def train(target: Path) -> int:
    """Train on ``config.yml``, ``domain.yml`` and ``data`` of the working directory into ``target`` (``.tar.gz``).

    Returns an exit code; 0 where the model was made.
    """
    from rasa.model_training import train as rasa_train

    replace()
    made = rasa_train("domain.yml", "config.yml", ["data"], output=str(target.parent), fixed_model_name=target.name)
    return int(made.code)


def replace() -> None:
    """Put the replacements in force in this process."""
    from rasa.engine.storage import local_model_storage
    from rasa.shared.nlu.training_data.training_data import TrainingData

    TrainingData.merge = _merged
    local_model_storage.TarSafe = _quickly_packing(local_model_storage.TarSafe)


def _merged(self: Any, *others: Any) -> Any:
    """The data sets as one that shares their utterances.

    Rasa copies them one by one, eight times in a training, though nobody but the last data set keeps them.
    """
    sets = [self, *(other for other in others if other)]
    return type(self)(
        [example for each in sets for example in each.training_examples],
        {synonym: value for each in sets for synonym, value in each.entity_synonyms.items()},
        [feature for each in sets for feature in each.regex_features],
        [table for each in sets for table in each.lookup_tables],
        {name: response for each in sets for name, response in each.responses.items()},
    )


def _quickly_packing(archive: Any) -> Any:
    """The class of archives, packing by ``_PACKED``."""

    class Quick(archive):
        @classmethod
        def gzopen(cls, name: str, mode: str = "r", fileobj: Any = None, compresslevel: int = _PACKED,
                   **named: Any) -> Any:
            """An archive as the library opens it, with another default."""
            return super().gzopen(name, mode, fileobj, compresslevel, **named)

    return Quick


if __name__ == "__main__":
    gc.disable()  # a minute, after which all is given back; collecting takes a quarter of what loading the data does
    sys.exit(train(Path(sys.argv[1])))
