"""Questions about rosters: turns, swaps, feeds, and the problem a planner solves."""

from .feeds import feed, feed_of
from .problems import law_days, problem_for, problems_for, require_calendar
from .reading import explained, problem_of, roster, rosters_of, to_tell, turns_in
from .standing import bare, standing_turns, turns_of
from .swaps import swap, swaps_of, swaps_to_decide

__all__ = [
    "bare",
    "explained",
    "feed",
    "feed_of",
    "law_days",
    "problem_for",
    "problem_of",
    "problems_for",
    "require_calendar",
    "roster",
    "rosters_of",
    "standing_turns",
    "swap",
    "swaps_of",
    "swaps_to_decide",
    "to_tell",
    "turns_in",
    "turns_of",
]
