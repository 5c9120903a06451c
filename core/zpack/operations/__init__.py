"""One verb, one file. Each takes a request and a ``Control`` and returns a report."""

from zpack.operations.create import create
from zpack.operations.extract import extract
from zpack.operations.info import info
from zpack.operations.list_archive import list_archive, opens_at_once
from zpack.operations.presets import DEFAULT_PRESET, PRESETS, Preset
from zpack.operations.reports import (
    CreateReport,
    ExtractReport,
    InfoReport,
    ListReport,
    Proof,
    Report,
    VerifyReport,
)
from zpack.operations.requests import (
    CreateRequest,
    ExtractRequest,
    Folder,
    InfoRequest,
    ListRequest,
    OnConflict,
    Request,
    VerifyRequest,
)
from zpack.operations.verify import verify

__all__ = [
    "DEFAULT_PRESET",
    "PRESETS",
    "CreateReport",
    "CreateRequest",
    "ExtractReport",
    "ExtractRequest",
    "Folder",
    "InfoReport",
    "InfoRequest",
    "ListReport",
    "ListRequest",
    "OnConflict",
    "Preset",
    "Proof",
    "Report",
    "Request",
    "VerifyReport",
    "VerifyRequest",
    "create",
    "extract",
    "info",
    "list_archive",
    "opens_at_once",
    "verify",
]
