"""Questions that a job asks and a front end answers."""

from enum import Enum
from typing import ClassVar

from zpack.records import record


class Choice(Enum):
    """What to do about a conflict; or whether a limit may be passed."""

    SKIP = "skip"
    OVERWRITE = "overwrite"
    RENAME = "rename"
    NEWER = "newer"
    ALLOW = "allow"
    REFUSE = "refuse"


@record
class Question:
    """Asked by a job, which waits. ``path`` is the file that it is about; ``cautious`` the choice
    where nobody can be asked."""

    path: str
    cautious: ClassVar[Choice] = Choice.SKIP


@record
class Conflict(Question):
    """A file of that name exists; ``path`` is relative to the destination. Sizes in bytes, times in
    ns since 1970. ``same_content``: False if the contents differ, None if that is not known."""

    old_size: int
    old_mtime: int
    new_size: int
    new_mtime: int
    same_content: bool | None = None


class Limit(Enum):
    """What an archive asks for too much of."""

    SIZE = "size"  # bytes of content
    RATIO = "ratio"  # bytes of content for each byte of the archive
    ENTRIES = "entries"
    MEMORY = "memory"  # bytes for its listing
    TIME = "time"  # seconds for one entry
    SPACE = "space"  # bytes on the destination's disk


@record
class LimitQuestion(Question):
    """May the job go past a limit? ``wanted`` is more than ``most``, both in the limit's unit."""

    limit: Limit
    wanted: int
    most: int
    cautious: ClassVar[Choice] = Choice.REFUSE

    def says(self) -> str:
        """What is the matter, as half a sentence about the archive (for TIME: about the entry)."""
        match self.limit:
            case Limit.SIZE:
                return f"its content is {self.wanted:,} bytes or more; the limit is {self.most:,}"
            case Limit.RATIO:
                return f"each byte becomes {self.wanted:,} bytes; the limit is {self.most:,}"
            case Limit.ENTRIES:
                return f"it has {self.wanted:,} entries or more; the limit is {self.most:,}"
            case Limit.MEMORY:
                return f"its list takes more than {self.most:,} bytes of memory"
            case Limit.TIME:
                return f"it has taken {self.wanted:,} seconds so far; the limit is {self.most:,}"
            case Limit.SPACE:
                return f"it needs {self.wanted:,} bytes; there are {self.most:,} free"


@record
class Answer:
    """A front end's answer; ``for_all`` settles all later questions of that kind."""

    choice: Choice
    for_all: bool = False
