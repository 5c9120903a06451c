"""What a command returns for its problems."""

from zpack.errors import ExitCode, Explanation


def worst_exit_code(problems: tuple[Explanation, ...]) -> ExitCode:
    """Damaged before partial before done."""
    if any(p.exit_code == ExitCode.DAMAGED for p in problems):
        return ExitCode.DAMAGED
    return ExitCode.PARTIAL if problems else ExitCode.DONE
