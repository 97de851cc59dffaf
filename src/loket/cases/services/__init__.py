"""Everything that can be done with drafts and cases."""

from .attaching import attach, detach
from .carrying import carry_draft
from .correcting import correct
from .drafts import discard_draft, save_answer, start_draft
from .drifting import carry_due_dates
from .erasing import erase_expired
from .handling import add_note, claim, release, take_over
from .informing import tell_due_moves
from .looking import look, look_at_file
from .mending import mend, mend_file, resubmit, unmend_file, withdraw
from .moving import move
from .offering import NotGiven, ServiceSuspended, WayShut
from .rescheduling import count_again, reschedule
from .routing import hand_over, release_absent
from .signing import Signed, renew_pin, sign, sign_many
from .submitting import file_case, submit
from .sweeping import lapse_returned, sweep_drafts

__all__ = [
    "NotGiven",
    "ServiceSuspended",
    "Signed",
    "WayShut",
    "add_note",
    "attach",
    "carry_draft",
    "carry_due_dates",
    "claim",
    "correct",
    "count_again",
    "detach",
    "discard_draft",
    "erase_expired",
    "file_case",
    "hand_over",
    "lapse_returned",
    "look",
    "look_at_file",
    "mend",
    "mend_file",
    "move",
    "release",
    "release_absent",
    "renew_pin",
    "reschedule",
    "resubmit",
    "save_answer",
    "sign",
    "sign_many",
    "start_draft",
    "submit",
    "sweep_drafts",
    "take_over",
    "tell_due_moves",
    "unmend_file",
    "withdraw",
]
