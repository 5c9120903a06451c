"""The process's umask, read once: it can only be read by setting it, which threads would see."""

import os

UMASK = os.umask(0o077)
os.umask(UMASK)
