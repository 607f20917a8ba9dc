"""English, as news agencies write it. Its tables are in ``data/``."""
