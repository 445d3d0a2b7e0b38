"""What ``bot.service.rasa`` puts in the place of Rasa's own, by the part of a turn it spares time in."""
