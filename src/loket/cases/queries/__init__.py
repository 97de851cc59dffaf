"""Questions about drafts and cases; each begins with what the actor may see."""

from .ageing import Ageing, ageing
from .clocks import ClockFace, clock, filed_on, is_late, runs
from .drafts import draft, drafts_of, stale
from .files import attachment, attachments, draft_file, draft_files
from .finding import by_code_and_contact, cases_of, get, is_own, own, visible_to
from .judging import doubts, judge_step
from .listing import Duplicate, Listed, counts, duplicates, units_of, worklist
from .offering import Counter, Stop, counter_of, stopped
from .outputs import facts_for, pickup_facts
from .regions import region_name_in
from .telling import DUE_MOVED, Line, Look, history, lookers, timeline

__all__ = [
    "DUE_MOVED",
    "Ageing",
    "ClockFace",
    "Counter",
    "Duplicate",
    "Line",
    "Listed",
    "Look",
    "Stop",
    "ageing",
    "attachment",
    "attachments",
    "by_code_and_contact",
    "cases_of",
    "clock",
    "counter_of",
    "counts",
    "doubts",
    "draft",
    "draft_file",
    "draft_files",
    "drafts_of",
    "duplicates",
    "facts_for",
    "filed_on",
    "get",
    "history",
    "is_late",
    "is_own",
    "judge_step",
    "lookers",
    "own",
    "pickup_facts",
    "region_name_in",
    "runs",
    "stale",
    "stopped",
    "timeline",
    "units_of",
    "visible_to",
    "worklist",
]
