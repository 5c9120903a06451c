"""Quick verification: every frame against its checksum, nothing unpacked."""

from collections.abc import Iterator

from zpack.codecs import FrameError
from zpack.jobs import Control, Lane, Turn, run_crew
from zpack.native.archive import Archive
from zpack.native.frame_hash import check_stored
from zpack.native.reading import frame_reader
from zpack.native.runs import Run, plan_runs
from zpack.operations.verify_findings import VerifyFindings


class FrameCheck:
    """For an archive with an index. What is found goes to ``findings``."""

    def __init__(self, archive: Archive, findings: VerifyFindings, control: Control) -> None:
        self._archive = archive
        self._frames = archive.frames
        self._findings = findings
        self._control = control
        self._read = frame_reader(archive.source, archive.frames)
        self._turn = Turn()

    def run(self, threads: int) -> None:
        """Read everything."""
        self._findings.start(sum(self._frames.csize), proving=False)
        runs = plan_runs(self._archive, self._findings.order, every_frame=True)
        run_crew(runs, self._work, threads, self._control.progress)

    def _work(self, runs: Iterator[Run], lane: Lane) -> None:
        with self._turn:
            for run in runs:
                self._check_run(run, lane)

    def _check_run(self, run: Run, lane: Lane) -> None:
        bad: list[int] = []
        for frame in range(run.first, run.last):
            try:
                with self._turn.aside:
                    self._check_frame(frame, lane)
            except FrameError as error:
                bad.append(frame)
                self._findings.frame_is_bad(frame, str(error), lane)
                self._findings.note(str(error), self._frames.offset[frame])
            else:
                self._findings.frame_is_good(frame, lane)
        self._settle_rows(run, bad, lane)

    def _check_frame(self, frame: int, lane: Lane) -> None:
        def step(count: int) -> None:
            self._control.check()
            lane.advance(count)

        check_stored(self._read, self._frames, frame, step)

    def _settle_rows(self, run: Run, bad: list[int], lane: Lane) -> None:
        """Of an index's runs, those of one frame have any number of entries, others one."""
        what = "the part of the archive that it is in is not as it was written"
        for row in run.rows:
            if bad:
                self._findings.entry_is_bad(row, what, lane)
            else:
                self._findings.entry_is_good(row, lane)
