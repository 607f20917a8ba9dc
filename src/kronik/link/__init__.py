"""What articles have to do with one another: which tell what another told before."""

from kronik.link.copies import Copies

__all__ = ["Copies"]
