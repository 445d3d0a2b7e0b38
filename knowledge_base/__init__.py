"""What is true: programs, rights, questions, cases and places as dated YAML, and the code that reads it.

Screening, knowledge search and the composing of answers live here. Nothing here knows of Rasa, of the
database or of the web: every other room may import this one, and it imports none of them.
"""
