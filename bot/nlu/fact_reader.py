"""Rasa's entity extractor: the facts of a message as ``bot.nlu.facts.reader`` reads them."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.facts import reader
from knowledge_base import clock


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactReader(GraphComponent, EntityExtractorMixin):
    """Sets ``entities``: rules only, so that the same message always gives the same facts on the same day."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set: what is read is in ``bot.nlu.facts`` and in the knowledge."""
        return {}

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> FactReader:
        """A reader for a graph node, warm."""
        reader.warm()
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """The facts of each message, added to the entities it may already have."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            found = [fact.to_entity() for fact in reader.read(text, clock.now())]
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
        return messages
