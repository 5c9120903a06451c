"""Any request."""

from zpack.operations.edit_requests import EditRequest
from zpack.operations.requests.compare import CompareRequest
from zpack.operations.requests.create import CreateEachRequest, CreateFromTarRequest, CreateRequest
from zpack.operations.requests.doctor import DoctorRequest
from zpack.operations.requests.estimate import EstimateRequest
from zpack.operations.requests.extract import ExtractRequest
from zpack.operations.requests.info import InfoRequest
from zpack.operations.requests.listing import ListRequest
from zpack.operations.requests.repair import (
    AddRecoveryRequest,
    AssessDamageRequest,
    RepairRequest,
)
from zpack.operations.requests.verify import VerifyRequest

Request = (
    CreateRequest
    | EditRequest
    | CreateEachRequest
    | CreateFromTarRequest
    | ExtractRequest
    | VerifyRequest
    | ListRequest
    | InfoRequest
    | CompareRequest
    | DoctorRequest
    | EstimateRequest
    | AddRecoveryRequest
    | AssessDamageRequest
    | RepairRequest
)
