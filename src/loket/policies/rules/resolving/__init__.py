"""What is in force: from effects to one answer, with the reason for each part of it."""

from .book import Book

__all__ = ["Book"]
