"""Composition root: settings, environment, routes, servers and the ``loket`` command."""
