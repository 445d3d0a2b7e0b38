"""How the bot reads Korean: Rasa graph components from normalisation to acts and facts.

Only reading lives here. What is true is in ``knowledge_base``; what the bot does about a message is in ``actions``.
"""
