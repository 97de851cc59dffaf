"""Everything that can be done with circulars, closures and zones."""

from .closing import close, preview_closure, record
from .drafting import Paper, discard, draft, rewrite
from .enacting import enact, simulate
from .reopening import note_overruns, reopen
from .revoking import preview_revocation, revoke
from .telling import tell_heads
from .timelines import Loaded, load_timeline
from .zones import declare_zone

__all__ = [
    "Loaded",
    "Paper",
    "close",
    "declare_zone",
    "discard",
    "draft",
    "enact",
    "load_timeline",
    "note_overruns",
    "preview_closure",
    "preview_revocation",
    "record",
    "reopen",
    "revoke",
    "rewrite",
    "simulate",
    "tell_heads",
]
