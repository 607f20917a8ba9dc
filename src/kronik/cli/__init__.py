"""The command line: ``verbs`` has one function a verb, ``options`` what they take."""

from kronik.cli.verbs import app, main

__all__ = ["app", "main"]
