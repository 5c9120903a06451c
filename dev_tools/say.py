"""How the development commands talk to the terminal, and how they give up."""


class CannotGoOn(Exception):
    """Nothing can be done here; the text says what happened and what to do about it."""


def heading(text: str) -> None:
    # Flushed, since the programs started next write to the same terminal.
    print(f"\n=== {text} {'=' * max(3, 74 - len(text))}", flush=True)


def step(text: str) -> None:
    print(f"[dev] {text}", flush=True)
