"""What lifecycle decides, from values alone: facts, stages, health, the next best step.

A change of these rules is a new `DEFINITION`: every event says which one it was made under.
"""

DEFINITION = 1
