"""The line from the window to jobs on other threads and in other processes."""
