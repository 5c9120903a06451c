"""One verb, one file. Each takes a request and a ``Control`` and returns a report."""

from typing import TYPE_CHECKING

from zpack.lazy import make_lazy

if TYPE_CHECKING:
    from zpack.operations.add import add
    from zpack.operations.add_recovery import add_recovery
    from zpack.operations.assess_damage import assess_damage
    from zpack.operations.async_streams import compress_chunks_async, decompress_chunks_async
    from zpack.operations.compare import compare, compare_archive, open_folder
    from zpack.operations.create import create
    from zpack.operations.create_each import create_each
    from zpack.operations.create_from_tar import create_from_tar
    from zpack.operations.damage import Condition, Depth, EntryFinding, FrameFinding, Stretch
    from zpack.operations.delete import delete
    from zpack.operations.differences import Aspect, Difference, Standing
    from zpack.operations.doctor import doctor
    from zpack.operations.doctor_report import Component, DoctorReport, Note
    from zpack.operations.edit_check import archive_stamp
    from zpack.operations.edit_requests import (
        AddRequest,
        ArchiveStamp,
        DeleteRequest,
        EditRequest,
        MakeFolderRequest,
        RenameRequest,
    )
    from zpack.operations.estimate import estimate
    from zpack.operations.estimate_report import EstimateReport, PresetEstimate, Range
    from zpack.operations.extract import extract
    from zpack.operations.info import info
    from zpack.operations.limits import Limits
    from zpack.operations.list_archive import list_archive, opens_at_once
    from zpack.operations.make_folder import make_folder
    from zpack.operations.manifest import write_manifest
    from zpack.operations.manifest_lines import Algorithm
    from zpack.operations.pipe_requests import PipeRequest
    from zpack.operations.presets import DEFAULT_PRESET, PRESETS, Preset
    from zpack.operations.rename import rename
    from zpack.operations.repair import repair
    from zpack.operations.reports import (
        AddRecoveryReport,
        CompareReport,
        CreatedPart,
        CreateEachReport,
        CreateReport,
        DamagedStretch,
        DamageReport,
        EditReport,
        ExtractReport,
        InfoReport,
        ListReport,
        LostEntry,
        ManifestReport,
        PipeReport,
        Proof,
        Remedy,
        RepairReport,
        Report,
        VerifyReport,
    )
    from zpack.operations.requests import (
        AddRecoveryRequest,
        AssessDamageRequest,
        CompareRequest,
        CreateEachRequest,
        CreateFromTarRequest,
        CreateRequest,
        DoctorRequest,
        EstimateRequest,
        ExtractRequest,
        Folder,
        InfoRequest,
        ListRequest,
        ManifestRequest,
        OnConflict,
        Originals,
        RepairRequest,
        Request,
        VerifyRequest,
    )
    from zpack.operations.streams import (
        Codec,
        StreamReport,
        compress_chunks,
        compress_stream,
        decompress_chunks,
        decompress_stream,
    )
    from zpack.operations.verify import verify
    from zpack.operations.write_contents import write_contents
    from zpack.operations.write_tar import write_tar

__all__ = [
    "DEFAULT_PRESET",
    "PRESETS",
    "AddRecoveryReport",
    "AddRecoveryRequest",
    "AddRequest",
    "Algorithm",
    "ArchiveStamp",
    "Aspect",
    "AssessDamageRequest",
    "Codec",
    "CompareReport",
    "CompareRequest",
    "Component",
    "Condition",
    "CreateEachReport",
    "CreateEachRequest",
    "CreateFromTarRequest",
    "CreateReport",
    "CreateRequest",
    "CreatedPart",
    "DamageReport",
    "DamagedStretch",
    "DeleteRequest",
    "Depth",
    "Difference",
    "DoctorReport",
    "DoctorRequest",
    "EditReport",
    "EditRequest",
    "EntryFinding",
    "EstimateReport",
    "EstimateRequest",
    "ExtractReport",
    "ExtractRequest",
    "Folder",
    "FrameFinding",
    "InfoReport",
    "InfoRequest",
    "Limits",
    "ListReport",
    "ListRequest",
    "LostEntry",
    "MakeFolderRequest",
    "ManifestReport",
    "ManifestRequest",
    "Note",
    "OnConflict",
    "Originals",
    "PipeReport",
    "PipeRequest",
    "Preset",
    "PresetEstimate",
    "Proof",
    "Range",
    "Remedy",
    "RenameRequest",
    "RepairReport",
    "RepairRequest",
    "Report",
    "Request",
    "Standing",
    "StreamReport",
    "Stretch",
    "VerifyReport",
    "VerifyRequest",
    "add",
    "add_recovery",
    "archive_stamp",
    "assess_damage",
    "compare",
    "compare_archive",
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
    "open_folder",
    "opens_at_once",
    "rename",
    "repair",
    "verify",
    "write_contents",
    "write_manifest",
    "write_tar",
]

make_lazy(
    __name__,
    {
        "add": ("add",),
        "add_recovery": ("add_recovery",),
        "assess_damage": ("assess_damage",),
        "async_streams": (
            "compress_chunks_async",
            "decompress_chunks_async",
        ),
        "compare": ("compare", "compare_archive", "open_folder"),
        "create": ("create",),
        "create_each": ("create_each",),
        "create_from_tar": ("create_from_tar",),
        "damage": (
            "Condition",
            "Depth",
            "EntryFinding",
            "FrameFinding",
            "Stretch",
        ),
        "delete": ("delete",),
        "differences": (
            "Aspect",
            "Difference",
            "Standing",
        ),
        "doctor": ("doctor",),
        "doctor_report": (
            "Component",
            "DoctorReport",
            "Note",
        ),
        "edit_check": ("archive_stamp",),
        "edit_requests": (
            "AddRequest",
            "ArchiveStamp",
            "DeleteRequest",
            "EditRequest",
            "MakeFolderRequest",
            "RenameRequest",
        ),
        "estimate": ("estimate",),
        "estimate_report": (
            "EstimateReport",
            "PresetEstimate",
            "Range",
        ),
        "extract": ("extract",),
        "info": ("info",),
        "limits": ("Limits",),
        "list_archive": (
            "list_archive",
            "opens_at_once",
        ),
        "make_folder": ("make_folder",),
        "manifest": ("write_manifest",),
        "manifest_lines": ("Algorithm",),
        "pipe_requests": ("PipeRequest",),
        "presets": (
            "DEFAULT_PRESET",
            "PRESETS",
            "Preset",
        ),
        "rename": ("rename",),
        "repair": ("repair",),
        "reports": (
            "AddRecoveryReport",
            "CompareReport",
            "CreateEachReport",
            "CreateReport",
            "CreatedPart",
            "DamageReport",
            "DamagedStretch",
            "EditReport",
            "ExtractReport",
            "InfoReport",
            "ListReport",
            "LostEntry",
            "ManifestReport",
            "PipeReport",
            "Proof",
            "Remedy",
            "RepairReport",
            "Report",
            "VerifyReport",
        ),
        "requests": (
            "AddRecoveryRequest",
            "AssessDamageRequest",
            "CompareRequest",
            "CreateEachRequest",
            "CreateFromTarRequest",
            "CreateRequest",
            "DoctorRequest",
            "EstimateRequest",
            "ExtractRequest",
            "Folder",
            "InfoRequest",
            "ListRequest",
            "ManifestRequest",
            "OnConflict",
            "Originals",
            "RepairRequest",
            "Request",
            "VerifyRequest",
        ),
        "streams": (
            "Codec",
            "StreamReport",
            "compress_chunks",
            "compress_stream",
            "decompress_chunks",
            "decompress_stream",
        ),
        "verify": ("verify",),
        "write_contents": ("write_contents",),
        "write_tar": ("write_tar",),
    },
)
