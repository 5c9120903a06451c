"""``python -m zpack``: the command line."""

from zpack.cli.start import run

if __name__ == "__main__":
    run()
