"""Trigger lexicons: hand-written batches a language, and the script that expands them."""
