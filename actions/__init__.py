"""What the bot does: thin rasa-sdk actions, one module a journey.

An action reads slots, calls the knowledge or the desk, and utters a response of ``domain.yml``.
No rules, no SQL and no wording live here.
"""
