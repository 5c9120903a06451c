"""The parts that the repair in the window is made of, each alone."""

from array import array
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from zpack.errors import Explanation
from zpack.jobs import Sample
from zpack.operations import DamageReport, Depth, LostEntry, Proof, Remedy, RepairReport
from zpack_gui.dialogs.repaired_name import is_one_of, split_name, suggested_repaired
from zpack_gui.jobs.stage import Stage
from zpack_gui.look.theme import Theme
from zpack_gui.models.loss_model import LossColumn, LossModel
from zpack_gui.models.recents import Identity, RecentArchives
from zpack_gui.models.verification import Verification
from zpack_gui.widgets.damage_summary import DamageSummary
from zpack_gui.widgets.proof_line import proof_line
from zpack_gui.widgets.repair_words import repair_words


def damage(remedy: Remedy, proof: Proof = Proof.PROVEN, **more: object) -> DamageReport:
    fields: dict[str, object] = {"lost": (), "hit": (), "doubtful": (), "recovery_percent": 0}
    fields |= {"files": 7, "frames": 3, "frames_hit": 0, "damaged": (), "seconds": 1.0, **more}
    return DamageReport("/x/a.tar.zst", remedy, proof, **fields)  # type: ignore[arg-type]


def test_a_hundred_thousand_lost_files_are_rows_of_one_table(qtbot: QtBot, theme: Theme) -> None:
    lost = tuple(LostEntry(f"f{number}", number, "it is damaged") for number in range(100_000))
    doubtful = ("x\u202egpj.exe",)
    summary = DamageSummary("/x/a.tar.zst")
    qtbot.addWidget(summary)
    summary.resize(800, 500)
    summary.show()
    report = damage(Remedy.SALVAGED, lost=lost, doubtful=doubtful, frames=0)
    known = Verification("/x/a.tar.zst", None, b"", None, None)
    summary.show_damage(report, known, 0, done=False)
    summary.grab()
    model = summary.model
    assert model.rowCount() == 100_001
    assert summary.title.text() == "7 files can be saved, 100,000 lost"
    assert model.index(99_999, LossColumn.PATH).data() == "f99999"
    assert model.index(100_000, LossColumn.PATH).data() == r"x\u202egpj.exe"
    assert model.index(100_000, LossColumn.FATE).data() == "Not sure"
    assert len(summary.findChildren(QWidget)) < 100


def test_what_could_not_be_written_is_listed_too(theme: Theme) -> None:
    problem = Explanation("left-out", 3, "Left out", "d/pipe: it is a socket", "", "d/pipe")
    model = LossModel()
    hit = ("a", "b")
    model.set_report(damage(Remedy.SALVAGED, problems=(problem,), hit=hit), done=True)
    assert model.as_text() == "pipe\t\tLeft out\tIt is a socket"
    model.set_report(damage(Remedy.RESTORED, hit=hit), done=True)
    assert model.rowCount() == 2
    assert model.index(1, LossColumn.FATE).data() == "Brought back"
    model.set_report(None, done=False)
    assert model.rowCount() == 0


@pytest.mark.parametrize(
    ("remedy", "proof", "done", "icon", "role"),
    [
        (Remedy.RESTORED, Proof.PROVEN, False, "shield", "accent"),
        (Remedy.RESTORED, Proof.PROVEN, True, "verify", "good"),
        (Remedy.RESTORED, Proof.PROOF_LOST, True, "shield", "accent"),
        (Remedy.SALVAGED, Proof.PROVEN, True, "shield-alert", "attention"),
        (Remedy.NONE_NEEDED, Proof.CHECKED, False, "shield", "muted"),
        (Remedy.HOPELESS, Proof.DAMAGED, False, "shield-x", "bad"),
    ],
)
def test_only_what_is_proven_is_green(
    theme: Theme, remedy: Remedy, proof: Proof, done: bool, icon: str, role: str
) -> None:
    assert repair_words.look(damage(remedy, proof), done=done) == (icon, role)


def test_results_say_what_came_of_it(theme: Theme) -> None:
    def result(found: DamageReport, partial: int = 0) -> tuple[str, str, str]:
        return repair_words.result(RepairReport("/x/b.tar.zst", found, 5000, 2.0, partial))

    one = (LostEntry("a", 1, "x"),)
    assert result(damage(Remedy.SALVAGED, lost=one), 1) == (
        "attention",
        "b.tar.zst has what was whole; 1 file lost",
        "7 files, 5.0 kB in 2.0 s · what is left of 1 other is kept apart",
    )
    assert result(damage(Remedy.SALVAGED))[0] == "good"
    assert result(damage(Remedy.SALVAGED, Proof.PROOF_LOST))[0] == "attention"
    assert result(damage(Remedy.RESTORED, Proof.PROOF_LOST))[0] == "info"
    assert result(damage(Remedy.NONE_NEEDED))[1] == "b.tar.zst is a copy: nothing was damaged"


def test_a_bar_for_each_stage() -> None:
    stage = Stage()
    for phase, done, total, permille in (
        ("looking", 50, 100, 500),
        ("looking", 100, 100, None),
        ("repairing", 100, 100, None),
        ("repairing", 150, 300, 250),
        ("repairing", 320, 300, None),
        ("verifying", 340, 400, 200),
        ("saving", 400, 30, None),
    ):
        sample = Sample(phase, total, done, 0, 0, 0, (), array("I"), b"")
        stage.take(sample)
        assert stage.permille == permille, (phase, done)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a.tar.zst", ("a", ".tar.zst")),
        ("a.b.TAR.LZ4", ("a.b", ".TAR.LZ4")),
        ("a.tzst", ("a", ".tzst")),
        ("a.tar.zst.001", ("a", ".tar.zst")),
        ("a.zst", ("a", ".zst")),
        ("backup.old", ("backup", ".old")),
        ("a\nb.tar.zst", ("a\nb", ".tar.zst")),
        (".tar.zst", (".tar", ".zst")),
        ("backup", ("backup", "")),
    ],
)
def test_the_ending_stays(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_names_beside_the_damaged_one(tmp_path: Path) -> None:
    damaged = tmp_path / "a.tar.zst.002"
    for expected in ("a (mended).tar.zst", "a (mended 2).tar.zst", "a (mended 3).tar.zst"):
        assert suggested_repaired(str(damaged), "mended") == str(tmp_path / expected)
        (tmp_path / expected).touch()


def test_the_same_file_by_another_name(tmp_path: Path) -> None:
    one, link, other = (tmp_path / name for name in ("one", "link", "other"))
    one.touch()
    other.touch()
    link.symlink_to(one)
    assert is_one_of(str(link), (str(other), str(one)))
    assert not is_one_of(str(other), (str(one), str(tmp_path / "gone")))
    assert not is_one_of("nul\0", (str(one),))


def test_recents_tell_quick_from_full(theme: Theme) -> None:
    recents, was = RecentArchives(), Identity(1, 2)
    recents.verified("/a", 1000, Proof.DAMAGED, was, Depth.QUICK)
    known = recents.get("/a")
    assert known is not None
    assert known.quick
    assert proof_line.text(Proof.DAMAGED, 0, quick=True).startswith("Damaged, verified quickly ")
    recents.verified("/a", 2000, Proof.DAMAGED, was)
    known = recents.get("/a")
    assert known is not None
    assert not known.quick
