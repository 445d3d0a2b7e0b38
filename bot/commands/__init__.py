"""The subcommands of ``donghaeng``, one module a subject; each has ``register(subcommands)``."""
