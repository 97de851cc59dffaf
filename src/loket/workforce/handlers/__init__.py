"""What rosters and attendance do about the news of packages below, and of their own."""

from . import rosters  # noqa: F401 -- register
