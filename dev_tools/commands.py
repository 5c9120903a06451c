"""The commands of dev.py."""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dev_tools import checks, fuzz, lock, places, sample_job, say, setup, system_packages


@dataclass(frozen=True)
class Command:
    run: Callable[[Sequence[str]], int]
    help: str


def main(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        raise say.CannotGoOn(f"There is no command {name!r}.\n\n{usage()}")
    return COMMANDS[name].run(rest)


def usage() -> str:
    lines = [f"  {name:<12} {command.help}" for name, command in COMMANDS.items()]
    return "python3 dev.py COMMAND [ARGUMENT...]\n\n" + "\n".join(lines)


def start(arguments: Sequence[str]) -> int:
    if not system_packages.has_display():
        setup.ensure()
        return sample_job.main()
    setup.ensure(system_packages.for_the_window())
    return in_environment("-m", "zpack_gui", *arguments)


def test(arguments: Sequence[str]) -> int:
    set_up_everything(())
    return checks.run_all(checks.all_checks(arguments))


def bench(arguments: Sequence[str]) -> int:
    set_up_everything(())
    return in_environment("-m", "benchmarks", *arguments)


def damage(arguments: Sequence[str]) -> int:
    set_up_everything(())
    return in_environment("-m", "benchmarks.damage_lab", *arguments)


def fuzzing(arguments: Sequence[str]) -> int:
    set_up_everything(())
    return fuzz.run(arguments)


def screenshots(arguments: Sequence[str]) -> int:
    script = places.ROOT / "dev_tools" / "screenshots.py"
    if not script.exists():
        raise say.CannotGoOn(f"{script} is missing, so there are no screenshots to take.")
    set_up_everything(())
    return in_environment(script, *arguments)


def write_lock(arguments: Sequence[str]) -> int:
    setup.ensure()
    return lock.write(arguments)


def set_up_everything(_arguments: Sequence[str]) -> int:
    setup.ensure(system_packages.EVERYTHING)
    return 0


def in_environment(*arguments: str | Path) -> int:
    command = [places.tool("python"), *arguments]
    return subprocess.run(command, cwd=places.ROOT, check=False).returncode


COMMANDS = {
    "run": Command(start, "start the window; without a display, do a sample job in the terminal"),
    "test": Command(test, "run every check; further arguments go to pytest"),
    "setup": Command(set_up_everything, "only install what all these commands need"),
    "screenshots": Command(screenshots, "take the pictures of the window that the docs show"),
    "bench": Command(bench, "measure against other archivers; arguments go to the benchmarks"),
    "damage": Command(damage, "damage archives in every way, and see what zpack makes of them"),
    "fuzz": Command(fuzzing, "search for bytes that break the parsers; --minutes N, TARGET"),
    "lock": Command(
        write_lock, "write requirements.lock from pyproject.toml; --upgrade for newer versions"
    ),
}
