"""Which verb asks for what and reports what."""

from typing import Any

from zpack.entries import Listing
from zpack.operations import edit_requests, reports, requests
from zpack.operations.doctor_report import DoctorReport
from zpack.operations.estimate_report import EstimateReport
from zpack.records import fields as record_fields
from zpack.worker.serial import SerialError, from_json, to_json
from zpack.worker.wire import WireError

REQUESTS: dict[str, type[requests.Request]] = {
    "create": requests.CreateRequest,
    "create-each": requests.CreateEachRequest,
    "create-from-tar": requests.CreateFromTarRequest,
    "extract": requests.ExtractRequest,
    "verify": requests.VerifyRequest,
    "list": requests.ListRequest,
    "info": requests.InfoRequest,
    "compare": requests.CompareRequest,
    "doctor": requests.DoctorRequest,
    "estimate": requests.EstimateRequest,
    "repair": requests.RepairRequest,
    "assess-damage": requests.AssessDamageRequest,
    "add-recovery": requests.AddRecoveryRequest,
    "add": edit_requests.AddRequest,
    "delete": edit_requests.DeleteRequest,
    "rename": edit_requests.RenameRequest,
    "mkdir": edit_requests.MakeFolderRequest,
}
_REPORTS: dict[str, type[reports.Report]] = {
    "create": reports.CreateReport,
    "create-each": reports.CreateEachReport,
    "create-from-tar": reports.CreateReport,
    "extract": reports.ExtractReport,
    "verify": reports.VerifyReport,
    "list": reports.ListReport,
    "info": reports.InfoReport,
    "compare": reports.CompareReport,
    "doctor": DoctorReport,
    "estimate": EstimateReport,
    "repair": reports.RepairReport,
    "assess-damage": reports.DamageReport,
    "add-recovery": reports.AddRecoveryReport,
    "add": reports.EditReport,
    "delete": reports.EditReport,
    "rename": reports.EditReport,
    "mkdir": reports.EditReport,
}
_VERBS = {kind: verb for verb, kind in REQUESTS.items()}


def verb_of(request: requests.Request) -> str:
    """The verb that a request is for."""
    return _VERBS[type(request)]


def decode_request(verb: str, fields: dict[str, Any]) -> requests.Request:
    """The request. Raises ``WireError``."""
    if verb not in REQUESTS:
        raise WireError(f"there is no verb {verb!r}")
    try:
        return from_json(REQUESTS[verb], fields)
    except SerialError as error:
        raise WireError(str(error)) from None


def encode_report(report: reports.Report) -> dict[str, Any]:
    """The report's fields. A listing is left out: it has its own message."""
    if isinstance(report, reports.ListReport):
        told = [field.name for field in record_fields(report) if field.name != "listing"]
        return {name: to_json(getattr(report, name)) for name in told}
    fields: dict[str, Any] = to_json(report)
    return fields


def decode_report(verb: str, fields: dict[str, Any], listing: Listing | None) -> reports.Report:
    """The report. Raises ``WireError``."""
    given: dict[str, object] = {}
    if verb == "list":
        if listing is None:
            raise WireError("the listing was left out")
        given["listing"] = listing
    try:
        return from_json(_REPORTS[verb], fields, given)
    except SerialError as error:
        raise WireError(str(error)) from None
