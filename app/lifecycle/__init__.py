"""Where each customer stands after the sale, how well that is going, and what to do next; every change is an event.

A stage moves forward (awareness, purchased, onboarding, using, satisfied, repeat, advocate); a side state says what is
wrong at the moment. Both follow from facts by a table of rules, and each change keeps its reason in two languages and
its evidence. Health is a weighted score that explains itself: what is unknown counts for nothing, and one hard signal
beats a good average. Every fact and every change is a row of the stage-event log, written in the transaction of its
cause without a public number; one sequencer numbers committed rows densely, so that no reader can miss a late commit.
"""
