"""Facts of one message: who, how many, where, what event, when, how covered, whom to call.

One module a kind; ``reader.read`` composes them. Rules only; what a fact means for a program is the knowledge's.
"""
