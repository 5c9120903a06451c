"""The main window, and what happens in it: archives opened, jobs started, things dropped."""
