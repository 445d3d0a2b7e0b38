"""The only process open to the world: chat API, widget, partner embedding, visits by link, desk API, health."""
