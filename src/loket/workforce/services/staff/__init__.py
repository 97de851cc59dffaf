"""What can be done about staff records: counters, posts, skills, desks and their import."""

from .importing import import_staff
from .postings import PostForm, end_post, give_post
from .posts import CounterForm, change_counter, open_counter, set_desks, set_skills

__all__ = [
    "CounterForm",
    "PostForm",
    "change_counter",
    "end_post",
    "give_post",
    "import_staff",
    "open_counter",
    "set_desks",
    "set_skills",
]
