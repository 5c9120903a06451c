"""What operations return."""

from typing import TYPE_CHECKING

from zpack.lazy import make_lazy

if TYPE_CHECKING:
    from zpack.operations.reports.compare import CompareReport
    from zpack.operations.reports.create import CreatedPart, CreateEachReport, CreateReport
    from zpack.operations.reports.edit import EditReport
    from zpack.operations.reports.every import Report
    from zpack.operations.reports.exit_codes import worst_exit_code
    from zpack.operations.reports.extract import ExtractReport, PipeReport
    from zpack.operations.reports.info import InfoReport
    from zpack.operations.reports.listing import ListReport
    from zpack.operations.reports.manifest import ManifestReport
    from zpack.operations.reports.repair import (
        AddRecoveryReport,
        DamagedStretch,
        DamageReport,
        LostEntry,
        Remedy,
        RepairReport,
    )
    from zpack.operations.reports.verify import Proof, VerifyReport

__all__ = [
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
    "worst_exit_code",
]

make_lazy(
    __name__,
    {
        "compare": ("CompareReport",),
        "create": (
            "CreateEachReport",
            "CreateReport",
            "CreatedPart",
        ),
        "edit": ("EditReport",),
        "every": ("Report",),
        "exit_codes": ("worst_exit_code",),
        "extract": (
            "ExtractReport",
            "PipeReport",
        ),
        "info": ("InfoReport",),
        "listing": ("ListReport",),
        "manifest": ("ManifestReport",),
        "repair": (
            "AddRecoveryReport",
            "DamageReport",
            "DamagedStretch",
            "LostEntry",
            "Remedy",
            "RepairReport",
        ),
        "verify": (
            "Proof",
            "VerifyReport",
        ),
    },
)
