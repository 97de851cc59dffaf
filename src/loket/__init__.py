"""Loket keeps a local government serving when its offices cannot open as usual."""

__version__ = "0.1.0"
