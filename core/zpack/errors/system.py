"""What the system refuses in the middle of the work."""

import errno

from zpack.errors.base import ZpackError
from zpack.errors.wording import reason, shown


class SystemFailure(ZpackError):
    """The system refused something the job cannot do without."""

    code = "system"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "The system would not let zpack go on",
            f"{shown(path)}: {why}." if path else f"{why[:1].upper()}{why[1:]}.",
            "Nothing was lost: what was there before is unchanged.",
            path,
        )


class ReadFailed(SystemFailure):
    """The disk cannot read a part of a file."""

    code = "read-failed"


class OutOfSpace(ZpackError):
    """The disk filled up."""

    code = "out-of-space"

    def __init__(self, path: str) -> None:
        super().__init__(
            "The disk is full",
            f"There is no room left for {shown(path)}." if path else "There is no room left.",
            "Make room or choose another disk. What was there before is unchanged.",
            path,
        )


class RequestTooLong(ZpackError):
    """More names than one request can carry."""

    code = "request-too-long"

    def __init__(self) -> None:
        super().__init__(
            "Too many files were chosen one by one",
            "Their names alone are more than 16 MB.",
            "Choose the folders that they are in, or everything.",
        )


class WorkerLost(ZpackError):
    """The worker process ended without an answer."""

    code = "worker-lost"

    def __init__(self, details: str) -> None:
        super().__init__(
            "The job stopped unexpectedly",
            details,
            "Try again. If it happens once more, please report it with these details.",
        )


def system_failure(error: OSError, path: str) -> ZpackError:
    """The error to raise for an ``OSError`` that ends a job."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutOfSpace(path)
    return SystemFailure(path, reason(error))
