"""Rasa's tokenizer: the morphemes of the normalised message, placed in the message as it was typed."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import pipeline
from bot.nlu.normalisation import normalise


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class KiwiTokenizer(Tokenizer):
    """Tokens of the spaCy pipeline over Kiwi; ``token.data["pos"]`` is Kiwi's tag, ``token.lemma`` the morpheme."""

    @staticmethod
    def supported_languages() -> list[str]:
        """Korean only."""
        return ["ko"]

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed beside Rasa."""
        return ["kiwipiepy", "spacy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings every Rasa tokenizer has; acts are never split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: no component learns from tokens, the act model reads what it learns from by itself."""
        return training_data

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one text of ``message``, with offsets in that text; one token where nothing is left."""
        text = message.get(attribute)
        normalised = normalise(text)
        doc = pipeline.read(normalised.text)
        tokens: list[Token] = []
        for token, (first, last) in zip(doc, doc.user_data["spans"], strict=True):
            if first >= last:
                continue
            start, end = normalised.span(first, last)
            tokens.append(Token(text[start:end], start, end, data={"pos": token.tag_}, lemma=token.lemma_))
        return tokens or [Token(text, 0, max(len(text), 1))]
