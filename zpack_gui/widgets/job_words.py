"""What a job is called while it runs, and what is said of it in the end."""

import os

from PySide6.QtCore import QObject

from zpack.errors import shown
from zpack.jobs import JobState, Outcome, Sample
from zpack.operations import (
    AddRecoveryReport,
    AddRecoveryRequest,
    AssessDamageRequest,
    CreateReport,
    CreateRequest,
    Depth,
    ExtractReport,
    ExtractRequest,
    Proof,
    RepairReport,
    RepairRequest,
    VerifyReport,
    VerifyRequest,
)
from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.look.wording import words
from zpack_gui.models.job_cells import Verb
from zpack_gui.widgets.repair_words import repair_words


def verb_of(job: TrackedJob) -> Verb:
    """What it does to its files."""
    if isinstance(job.request, CreateRequest):
        return Verb.CREATE
    if isinstance(job.request, VerifyRequest) and job.request.depth is Depth.QUICK:
        return Verb.CHECK
    if isinstance(job.request, RepairRequest):
        return Verb.REPAIR
    if isinstance(job.request, AddRecoveryRequest):
        return Verb.PROTECT
    return Verb.EXTRACT if isinstance(job.request, ExtractRequest) else Verb.VERIFY


def archive_of(job: TrackedJob) -> str:
    """The path of the archive that it makes or reads."""
    request = job.request
    if isinstance(request, RepairRequest | AssessDamageRequest):
        return request.damaged
    return request.target if isinstance(request, CreateRequest) else request.archive


_TONES = {
    Proof.PROVEN: "good",
    Proof.INTACT: "info",
    Proof.CHECKED: "info",
    Proof.READABLE: "info",
    Proof.UNKNOWN: "info",
    Proof.PROOF_LOST: "attention",
    Proof.DAMAGED: "bad",
}


class JobWords(QObject):
    """Stateless; an object only because translations belong to a class."""

    def title(self, job: TrackedJob) -> str:
        """``Creating photos.tar.zst``."""
        name = shown(os.path.basename(archive_of(job)))
        text = {
            Verb.CREATE: self.tr("Creating %1"),
            Verb.EXTRACT: self.tr("Extracting %1"),
            Verb.VERIFY: self.tr("Verifying %1"),
            Verb.CHECK: self.tr("Checking %1"),
            Verb.REPAIR: self.tr("Repairing %1"),
            Verb.PROTECT: self.tr("Adding a recovery record to %1"),
        }[verb_of(job)]
        return words.fill(text, name)

    def standing(self, job: TrackedJob) -> str:
        """How far a running job is, its ratio, speed and time left."""
        sample, permille = job.sample, job.permille
        if job.stopping:
            return self.tr("Stopping…")
        staged = "" if sample is None or job.stage is None else self._stage(job)
        if staged:
            return staged
        if sample is None or permille is None:
            return self.tr("Looking at the files…")
        if permille == 1000 and not job.worker.paused:
            return self.tr("Finishing…")
        parts = [self._done(sample)]
        if verb_of(job) == Verb.CREATE and sample.bytes_done:
            parts.append(self._packed(sample))
        return " · ".join(parts + self._pace(job, sample.bytes_total))

    def _stage(self, job: TrackedJob) -> str:
        """Of a job in stages: what it does now, how much of that, and how quickly."""
        assert job.stage is not None
        looks = isinstance(job.request, RepairRequest | AssessDamageRequest)
        title = {
            "looking": self.tr("Looking for damage"),
            "repairing": self.tr("Writing what comes back"),
            "creating": self.tr("Writing what comes back") if looks else "",
            "protecting": self.tr("Writing the recovery record"),
            "verifying": self.tr("Reading it back") if looks else self.tr("Verifying"),
            "saving": self.tr("Finishing…"),
        }.get(job.stage.phase, "")
        if not title or job.permille is None:
            return title and title.removesuffix("…") + "…"
        sizes = words.size(job.stage.done), words.size(job.stage.total)
        parts = [title, words.fill(self.tr("%1 of %2"), *sizes), *self._pace(job, 0)]
        return " · ".join(parts)

    def _done(self, sample: Sample) -> str:
        if sample.bytes_total:
            done, total = words.size(sample.bytes_done), words.size(sample.bytes_total)
        else:
            done, total = words.number(sample.items_done), words.files(sample.items_total)
        return words.fill(self.tr("%1 of %2"), done, total)

    def _packed(self, sample: Sample) -> str:
        ratio = words.ratio(sample.bytes_out, sample.bytes_done)
        return words.fill(self.tr("%1 written (%2)"), words.size(sample.bytes_out), ratio)

    def _pace(self, job: TrackedJob, total: int) -> list[str]:
        if job.worker.paused:
            return [self.tr("Paused")]
        if job.worker.question is not None:
            return [self.tr("Waiting for your answer")]
        speed, left = job.rate.speed, job.rate.seconds_left(total) if total else None
        parts = [] if speed is None else [words.speed(speed)]
        return parts if left is None else [*parts, words.left(left)]

    def result(self, job: TrackedJob) -> tuple[str, str, str]:
        """Tone, title and text of a job that has ended."""
        if job.worker.state == JobState.CANCELLED:
            return self._cancelled(job)
        if job.worker.error is not None:
            error = job.worker.error
            text = " ".join(part for part in (error.details, error.hint) if part)
            return "bad", error.title, shown(text.replace("\n", " "))
        return self._done_well(job)

    def _done_well(self, job: TrackedJob) -> tuple[str, str, str]:
        match job.worker.report:
            case CreateReport() as report:
                said = self._created(report)
            case ExtractReport() as report:
                said = self._extracted(report, job)
            case VerifyReport() as report:
                said = self._verified(report)
            case RepairReport() as report:
                said = repair_words.result(report)
            case AddRecoveryReport() as report:
                said = self._protected(report)
            case _:
                said = "good", "", ""
        return said

    def _cancelled(self, job: TrackedJob) -> tuple[str, str, str]:
        name = shown(os.path.basename(archive_of(job)))
        begun = {
            Verb.CREATE: self.tr("Creating %1 was cancelled"),
            Verb.REPAIR: self.tr("Repairing %1 was cancelled"),
        }.get(verb_of(job))
        if begun is not None:
            return "info", words.fill(begun, name), self.tr("Nothing was left behind.")
        if verb_of(job) == Verb.PROTECT:
            title = self.tr("Adding a recovery record to %1 was cancelled")
            return "info", words.fill(title, name), self.tr("The archive is as it was.")
        if verb_of(job) in (Verb.VERIFY, Verb.CHECK):
            title = self.tr("Verifying %1 was cancelled")
            return "info", words.fill(title, name), self.tr("Nothing is known of its state.")
        kept = len(job.worker.kept)
        text = self.tr("%n file(s) had been replaced already and stay.", "", kept)
        return (
            "info",
            words.fill(self.tr("Extracting %1 was cancelled"), name),
            words.counted(text, kept) if kept else self.tr("Nothing was left behind."),
        )

    def _created(self, report: CreateReport) -> tuple[str, str, str]:
        name = shown(os.path.basename(report.target))
        numbers = words.fill(
            self.tr("%1, %2 in %3"),
            words.files(report.files + report.links),
            words.packed(report.bytes_in, report.bytes_out),
            words.duration(report.seconds),
        )
        if not report.problems:
            return "good", words.fill(self.tr("%1 created"), name), numbers
        title = words.fill(self.tr("%1 created, but not whole"), name)
        return "attention", title, f"{self.unread(len(report.problems))} · {numbers}"

    def unread(self, count: int) -> str:
        """Files missing from the archive, or changed while they were read."""
        return words.counted(
            self.tr("%n file(s) could not be packed as they are", "", count), count
        )

    def _extracted(self, report: ExtractReport, job: TrackedJob) -> tuple[str, str, str]:
        place = shown(os.path.basename(report.destination) or report.destination)
        count = report.files + report.links
        title = words.fill(self.tr("%1 extracted to %2"), words.files(count), place)
        if not count and report.skipped:
            title = words.fill(self.tr("Nothing new to extract to %1"), place)
        parts = [words.size(report.bytes_out), words.duration(report.seconds)]
        text = words.fill(self.tr("%1 in %2"), *parts)
        if report.skipped:
            skipped = self.tr("%n file(s) skipped", "", report.skipped)
            text = f"{text} · {words.counted(skipped, report.skipped)}"
        if not report.problems:
            return "good", title, text
        failed = job.worker.outcomes.count(Outcome.FAILED)
        failed += job.worker.outcomes.count(Outcome.DAMAGED)
        if not failed:  # all is there, but something is wrong with the archive itself
            return "attention", title, f"{report.problems[0].title} · {text}"
        said = self.tr("%n file(s) could not be extracted", "", failed)
        return "attention", title, f"{words.counted(said, failed)} · {text}"

    def _protected(self, report: AddRecoveryReport) -> tuple[str, str, str]:
        name, percent = shown(os.path.basename(report.archive)), words.number(report.percent)
        title = words.fill(self.tr("%1 has a recovery record of %2 % now"), name, percent)
        text = self.tr("Any %1 in a row can be damaged and repaired · %2 in %3")
        sizes = words.size(report.burst), words.size(report.bytes_out)
        return "good", title, words.fill(text, *sizes, words.duration(report.seconds))

    def _verified(self, report: VerifyReport) -> tuple[str, str, str]:
        name = shown(os.path.basename(report.archive))
        quick = report.depth is Depth.QUICK
        said = self.tr("no damage in %1 of %2, %3 in %4")
        text = words.fill(
            said if quick else self.tr("%1 of %2 good, %3 in %4"),
            words.number(report.good),
            words.files(report.files),
            words.size(report.bytes_checked),
            words.duration(report.seconds),
        )
        return _TONES[report.proof], words.fill(self._verdict(report.proof), name), text

    def _verdict(self, proof: Proof) -> str:
        return {
            Proof.PROVEN: self.tr("%1 is proven: every byte is as it was put in"),
            Proof.INTACT: self.tr("%1 is intact: it is as it was written"),
            Proof.UNKNOWN: self.tr("%1 has no index: no more is known without unpacking it"),
            Proof.CHECKED: self.tr("%1 was checked: its checksums hold"),
            Proof.READABLE: self.tr("%1 can be read; it has no checksums"),
            Proof.PROOF_LOST: self.tr("%1 has lost its proof"),
            Proof.DAMAGED: self.tr("%1 is damaged"),
        }[proof]


job_words = JobWords()
