"""Problems of a report, in groups."""

from zpack.cli.problems import complain_of
from zpack.errors import ArchiveDamaged, EntryDamaged, EntryUnreadable


def test_groups(capsys):
    why = "you do not have permission"
    problems = [
        EntryUnreadable("a\x1b", why),
        EntryDamaged("c", "its content is not what was put in"),
        EntryUnreadable("b", why),
        ArchiveDamaged("x.tar.zst", "it is cut off", 5),
    ]
    complain_of(problem.explain() for problem in problems)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "zpack: 2 files could not be read:\n"
        "  a\\x1b: you do not have permission.\n"
        "  b: you do not have permission.\n"
        "  It is not in the archive. Check its permissions and try again.\n"
        "zpack: 1 file damaged:\n"
        "  c: its content is not what was put in.\n"
        "  Try to repair the archive, or take this file from another copy of it.\n"
        "zpack: This archive is damaged:\n"
        "  x.tar.zst: it is cut off (at byte 5).\n"
        "  Try to repair it, or fetch it again. What is whole in it can still be extracted.\n"
    )


def test_nothing_to_complain_of(capsys):
    complain_of(())
    assert capsys.readouterr().err == ""
