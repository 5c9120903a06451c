"""The zpack profile of tar.zst: its layout, index, reader and writer (docs/format.md)."""
