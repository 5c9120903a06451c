"""Helpers of dev.py. What runs before .venv exists uses only Python's own library."""
