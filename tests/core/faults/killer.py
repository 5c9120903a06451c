"""Starts zpack, again and again, and kills it: one process that has everything imported.

Usage: python killer.py FOLDER. Each line read is a command, its words separated by NUL, after a
number of seconds: then it is killed (0: never). The answer is its status, as ``waitpid`` tells.
"""

import os
import signal
import sys
import time

import zpack.operations  # noqa: F401 - imported before the fork
from zpack.cli import main


def serve(folder: str) -> None:
    for line in sys.stdin.buffer:
        seconds, *words = line.rstrip(b"\n").split(b"\0")
        child = os.fork()
        if child == 0:
            work(folder, [os.fsdecode(word) for word in words])
        if float(seconds):
            time.sleep(float(seconds))
            os.kill(child, signal.SIGKILL)  # not waited for yet: the number is still its own
        sys.stdout.write(f"{os.waitpid(child, 0)[1]}\n")
        sys.stdout.flush()


def work(folder: str, arguments: list[str]) -> None:
    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    os._exit(main.run(arguments))


if __name__ == "__main__":
    for verb in ("add", "create", "delete", "extract", "rename", "mkdir"):
        __import__(f"zpack.cli.{verb}_command")
    serve(sys.argv[1])
