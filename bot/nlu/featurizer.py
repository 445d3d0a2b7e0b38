"""Rasa's dense featurizer: one sentence vector a message, of its normalised and evenly spaced text."""

from __future__ import annotations

from typing import Any

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

from bot.nlu import matter, sources


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
            if text := message.get(TEXT):
                vector = matter.vectors([matter.matter(text)])
                alias = self._config[FEATURIZER_CLASS_ALIAS]
                message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, alias))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: the act model reads what it learns from by itself, in two processes."""
        return training_data
