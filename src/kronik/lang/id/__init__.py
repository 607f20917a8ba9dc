"""Indonesian (Bahasa Indonesia). Its tables are in ``data/``."""
