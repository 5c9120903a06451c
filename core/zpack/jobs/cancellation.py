"""How a job is told to stop, or a part of it to leave something to others."""


class Cancelled(BaseException):
    """Raised at a checkpoint of a cancelled job.

    A ``BaseException``, so that ``except Exception`` cannot swallow it. ``kept`` names what
    was completed and stays (replaced files of an extraction, archives of a batch).
    """

    def __init__(self, kept: tuple[str, ...] = ()) -> None:
        super().__init__("cancelled")
        self.kept = kept


class CannotAsk(BaseException):
    """Raised instead of asking, where nobody can be asked: whoever can has to do it."""
