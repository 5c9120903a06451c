"""Any report."""

from zpack.operations.doctor_report import DoctorReport
from zpack.operations.estimate_report import EstimateReport
from zpack.operations.reports.compare import CompareReport
from zpack.operations.reports.create import CreateEachReport, CreateReport
from zpack.operations.reports.edit import EditReport
from zpack.operations.reports.extract import ExtractReport
from zpack.operations.reports.info import InfoReport
from zpack.operations.reports.listing import ListReport
from zpack.operations.reports.manifest import ManifestReport
from zpack.operations.reports.repair import AddRecoveryReport, DamageReport, RepairReport
from zpack.operations.reports.verify import VerifyReport

Report = (
    CreateReport
    | EditReport
    | CreateEachReport
    | ExtractReport
    | VerifyReport
    | ListReport
    | InfoReport
    | ManifestReport
    | CompareReport
    | DoctorReport
    | EstimateReport
    | AddRecoveryReport
    | DamageReport
    | RepairReport
)
