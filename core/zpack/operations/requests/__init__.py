"""What can be asked for. Paths are as the system gives them (undecodable bytes as surrogates)."""

from typing import TYPE_CHECKING

from zpack.lazy import make_lazy

if TYPE_CHECKING:
    from zpack.operations.requests.compare import CompareRequest
    from zpack.operations.requests.create import (
        CreateEachRequest,
        CreateFromTarRequest,
        CreateRequest,
        Originals,
    )
    from zpack.operations.requests.doctor import DoctorRequest
    from zpack.operations.requests.estimate import EstimateRequest
    from zpack.operations.requests.every import Request
    from zpack.operations.requests.extract import ExtractRequest, Folder, OnConflict
    from zpack.operations.requests.info import InfoRequest
    from zpack.operations.requests.listing import ListRequest
    from zpack.operations.requests.manifest import ManifestRequest
    from zpack.operations.requests.repair import (
        AddRecoveryRequest,
        AssessDamageRequest,
        RepairRequest,
    )
    from zpack.operations.requests.verify import VerifyRequest

__all__ = [
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
]

make_lazy(
    __name__,
    {
        "compare": ("CompareRequest",),
        "create": (
            "CreateEachRequest",
            "CreateFromTarRequest",
            "CreateRequest",
            "Originals",
        ),
        "doctor": ("DoctorRequest",),
        "estimate": ("EstimateRequest",),
        "every": ("Request",),
        "extract": (
            "ExtractRequest",
            "Folder",
            "OnConflict",
        ),
        "info": ("InfoRequest",),
        "listing": ("ListRequest",),
        "manifest": ("ManifestRequest",),
        "repair": (
            "AddRecoveryRequest",
            "AssessDamageRequest",
            "RepairRequest",
        ),
        "verify": ("VerifyRequest",),
    },
)
