"""Training of the network: see ``python -m train.reader --help``."""
