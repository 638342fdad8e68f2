"""Whole sessions on a virtual clock: scripted people, models that delay, fail and lie, nodes that are killed."""
