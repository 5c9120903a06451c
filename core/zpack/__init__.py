"""zpack: standard archives that open at once and prove every byte.

The library: an operation takes a request and a ``Control`` and returns a report. It runs in the
calling thread, with threads of its own that have ended when it returns::

    import zpack

    request = zpack.CreateRequest("photos.tar.zst", ("photos",))
    report = zpack.create(request, zpack.Control())

Errors are :class:`ZpackError`; each explains itself. From another thread a ``Control`` cancels,
pauses, answers questions and offers the progress, which a :class:`ProgressReader` samples. A
:class:`Job` runs an operation on a thread of its own.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from zpack.version import __version__

if TYPE_CHECKING:
    from zpack.entries import Kind, Listing
    from zpack.errors import Explanation, RequestRefused, ZpackError
    from zpack.jobs import (
        Answer,
        Cancelled,
        Choice,
        Conflict,
        Control,
        Job,
        LimitQuestion,
        ProgressReader,
    )
    from zpack.operations import (
        PRESETS,
        AddRequest,
        ArchiveStamp,
        Aspect,
        Codec,
        CompareReport,
        CompareRequest,
        CreatedPart,
        CreateEachReport,
        CreateEachRequest,
        CreateFromTarRequest,
        CreateReport,
        CreateRequest,
        DeleteRequest,
        Difference,
        DoctorReport,
        DoctorRequest,
        EditReport,
        EstimateReport,
        EstimateRequest,
        ExtractReport,
        ExtractRequest,
        Folder,
        InfoReport,
        InfoRequest,
        Limits,
        ListReport,
        ListRequest,
        MakeFolderRequest,
        OnConflict,
        Originals,
        PipeReport,
        PipeRequest,
        PresetEstimate,
        Proof,
        Range,
        RenameRequest,
        Standing,
        StreamReport,
        VerifyReport,
        VerifyRequest,
        add,
        archive_stamp,
        compare,
        compress_chunks,
        compress_chunks_async,
        compress_stream,
        create,
        create_each,
        create_from_tar,
        decompress_chunks,
        decompress_chunks_async,
        decompress_stream,
        delete,
        doctor,
        estimate,
        extract,
        info,
        list_archive,
        make_folder,
        rename,
        verify,
        write_contents,
        write_tar,
    )

__all__ = [
    "PRESETS",
    "AddRequest",
    "Answer",
    "ArchiveStamp",
    "Aspect",
    "Cancelled",
    "Choice",
    "Codec",
    "CompareReport",
    "CompareRequest",
    "Conflict",
    "Control",
    "CreateEachReport",
    "CreateEachRequest",
    "CreateFromTarRequest",
    "CreateReport",
    "CreateRequest",
    "CreatedPart",
    "DeleteRequest",
    "Difference",
    "DoctorReport",
    "DoctorRequest",
    "EditReport",
    "EstimateReport",
    "EstimateRequest",
    "Explanation",
    "ExtractReport",
    "ExtractRequest",
    "Folder",
    "InfoReport",
    "InfoRequest",
    "Job",
    "Kind",
    "LimitQuestion",
    "Limits",
    "ListReport",
    "ListRequest",
    "Listing",
    "MakeFolderRequest",
    "OnConflict",
    "Originals",
    "PipeReport",
    "PipeRequest",
    "PresetEstimate",
    "ProgressReader",
    "Proof",
    "Range",
    "RenameRequest",
    "RequestRefused",
    "Standing",
    "StreamReport",
    "VerifyReport",
    "VerifyRequest",
    "ZpackError",
    "__version__",
    "add",
    "archive_stamp",
    "compare",
    "compress_chunks",
    "compress_chunks_async",
    "compress_stream",
    "create",
    "create_each",
    "create_from_tar",
    "decompress_chunks",
    "decompress_chunks_async",
    "decompress_stream",
    "delete",
    "doctor",
    "estimate",
    "extract",
    "info",
    "list_archive",
    "make_folder",
    "rename",
    "verify",
    "write_contents",
    "write_tar",
]
_HOMES = ("zpack.operations", "zpack.jobs", "zpack.errors", "zpack.entries")


def __getattr__(name: str) -> object:
    # Loaded when first used: `zpack --version` must not wait for codecs (PEP 562).
    if name in __all__:
        for home in map(import_module, _HOMES):
            if hasattr(home, name):
                return getattr(home, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
