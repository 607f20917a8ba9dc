"""How well copies are found, and at what cost: labelled pairs, views of our own, made-up masses."""
