"""Seeing what the running processes do: structured logs, the id of a request, and the metrics of ``/metrics``.

Nothing here decides anything, and no words or contact data of people pass through.
"""
