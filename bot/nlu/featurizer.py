"""Rasa's dense featurizer: one sentence vector a message, of its normalised and evenly spaced text."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import sources
from bot.nlu.normalisation import normalise
from bot.nlu.spacing import spaced
from knowledge_base.vectors import sentence_vector, sentence_vectors


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectorFeaturizer(DenseFeaturizer, GraphComponent):
    """Sets a sentence feature of shape (1, 512) for every message that has text."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings every Rasa featurizer has."""
        return {**DenseFeaturizer.get_default_config()}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Trained anew when the code or words behind the features change, not only with data and settings."""
        return sources.digest()

    def __init__(self, config: dict[str, Any], name: str) -> None:
        """A featurizer that marks its features with ``name``."""
        super().__init__(name, config)

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> SentenceVectorFeaturizer:
        """A featurizer for a graph node."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to settle beyond Rasa's own settings."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Features for messages as they come."""
        for message in messages:
            self._set(message, sentence_vector(_readable(message)))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Features for all training examples, in one pass."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        for example, vector in zip(examples, sentence_vectors([_readable(item) for item in examples]), strict=True):
            self._set(example, vector)
        return training_data

    def _set(self, message: Message, vector: NDArray[Any]) -> None:
        if message.get(TEXT):
            alias = self._config[FEATURIZER_CLASS_ALIAS]
            message.add_features(Features(vector.reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, alias))


def _readable(message: Message) -> str:
    return spaced(normalise(message.get(TEXT) or "").text)
