"""How a job is told to stop."""


class Cancelled(BaseException):
    """Raised at a checkpoint of a cancelled job.

    A ``BaseException``, so that ``except Exception`` cannot swallow it. ``kept`` names what
    was completed and stays (replaced files of an extraction, archives of a batch).
    """

    def __init__(self, kept: tuple[str, ...] = ()) -> None:
        super().__init__("cancelled")
        self.kept = kept
