"""Questions that a job asks and a front end answers."""

from dataclasses import dataclass
from enum import Enum


class Choice(Enum):
    """What to do about a conflict."""

    SKIP = "skip"
    OVERWRITE = "overwrite"
    RENAME = "rename"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Question:
    """Asked by a job, which waits. ``path`` is the file that it is about."""

    path: str


@dataclass(frozen=True, slots=True)
class Conflict(Question):
    """A file of that name exists; ``path`` is relative to the destination. Sizes in bytes, times in
    ns since 1970. ``same_content``: False if the contents differ, None if that is not known."""

    old_size: int
    old_mtime: int
    new_size: int
    new_mtime: int
    same_content: bool | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A front end's answer; ``for_all`` settles all later questions of the job."""

    choice: Choice
    for_all: bool = False
