"""The bot's rooms: ``nlu`` reads Korean, ``desk`` keeps visits and leads, ``web`` faces the network.

``cli`` is the command ``donghaeng``. What the bot *says* lives in ``actions`` and ``domain.yml``.
"""
