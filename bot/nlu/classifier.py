"""Rasa's intent classifier: the act of a message with calibrated probabilities, or an honest "not sure"."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import sources
from bot.nlu.acts import ActModel

os.environ.setdefault("OMP_NUM_THREADS", "1")

# Acts between which nobody is asked what was meant: what is not ours in any way, and manners.
_FAMILIES = [["oos_", "smalltalk"], ["greet", "thanks", "goodbye", "smalltalk"]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActClassifier(GraphComponent, IntentClassifier):
    """Sets ``intent`` and ``intent_ranking``; ``nlu_fallback`` comes first where the model is not sure.

    ``threshold`` is the least probability the best act needs, ``ambiguity`` the least distance to the second;
    ``ranking`` how many acts are told. Acts within one ``family`` (all that is out of scope) are not told apart by
    ``ambiguity``: whichever it is, the answer says what the bot cannot do.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Sentence vectors must have been set."""
        return [DenseFeaturizer]

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed beside Rasa."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Thresholds as chosen in ``docs/understanding.md``."""
        return {"threshold": 0.35, "ambiguity": 0.05, "ranking": 10, "families": _FAMILIES}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Trained anew when the code or words behind the features change, not only with data and settings."""
        return sources.digest()

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: ActModel | None = None
    ) -> None:
        """A classifier; ``model`` is None until trained or loaded."""
        self._config = {**self.get_default_config(), **config}
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ActClassifier:
        """An untrained classifier for a graph node."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ActClassifier:
        """The trained classifier of a model. Raises ValueError where the model holds none."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, ActModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have text and an act, and keep the model in the storage."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._model = ActModel().fit(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """The act of each message."""
        for message in messages:
            ranking = self._ranking(message)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training examples keep the acts they were given."""
        return training_data

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        text = message.get(TEXT)
        if self._model is None or not text:
            return [_ranked(None, 0.0)]
        if any(entity["entity"] == "life_at_risk" for entity in message.get(ENTITIES, [])):
            return [_ranked("distress", 1.0)]  # never left to odds, whatever else is said beside it
        likely = self._model.rank(text, _vector(message))[: self._config["ranking"]]
        ranking = [_ranked(act, probability) for act, probability in likely]
        if self._unsure(likely):
            return [_ranked(DEFAULT_NLU_FALLBACK_INTENT_NAME, 1.0 - likely[0][1]), *ranking]
        return ranking

    def _unsure(self, likely: list[tuple[str, float]]) -> bool:
        first = likely[0][0]
        families = [tuple(family) for family in self._config["families"]]
        alike = tuple(kind for family in families if first.startswith(family) for kind in family)
        best = sum(probability for act, probability in likely if act == first or act.startswith(alike))
        next_best = max((odds for act, odds in likely if act != first and not act.startswith(alike)), default=0.0)
        return bool(best < self._config["threshold"] or best - next_best < self._config["ambiguity"])


def _vector(message: Message) -> NDArray[Any]:
    """The sentence vector that the featurizer set."""
    _, sentence = message.get_dense_features(TEXT)
    return np.asarray(sentence.features).reshape(-1)


def _ranked(act: str | None, probability: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: act, PREDICTED_CONFIDENCE_KEY: round(probability, 6)}
