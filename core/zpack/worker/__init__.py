"""Each of the window's jobs in a process of its own: the process, and the client that starts it.

The conversation between them is specified in docs/protocol.md.
"""

from zpack.worker.client import WorkerJob
from zpack.worker.conversation import OpenQuestion

__all__ = ["OpenQuestion", "WorkerJob"]
