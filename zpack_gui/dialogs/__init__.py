"""Dialogs: each asks for one thing or says one. They know no window."""
