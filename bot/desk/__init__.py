"""Visits and leads: calendar, booking, routing, hand-off, delivery and what protects people's data.

Nothing here knows the conversation or the web; both come in through the functions of this package.
"""
