"""Running 동행봇: training the model when its sources change, and supervising the processes of one machine.

In production each process is started by the platform instead (``deploy/``).
"""
