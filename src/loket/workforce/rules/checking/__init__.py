"""Whether a roster keeps every rule, and whether a plan's proof holds.

Shares no code with the planner or with what explains: a mistake there is found here.
"""

from .broken import LACKING, Broken
from .checker import check
from .moving import move_problems
from .proving import verify
from .words import UNSAID, sentences

__all__ = ["LACKING", "UNSAID", "Broken", "check", "move_problems", "sentences", "verify"]
