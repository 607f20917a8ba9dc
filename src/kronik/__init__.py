"""Kronik reads Indonesian and English news and keeps the record.

Who did what to whom, and who said what, each with the sentence that says so. The way
of a page through the package is drawn in ``docs/house.md``; ``kronik.pipeline.code`` reads
one page, ``kronik.work.run`` a batch, and ``kronik.cli`` is the command line over both.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("kronik")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0+checkout"
