"""What a listing raises whose columns contradict each other.

Only verification looks at every row, so an archive made to deceive gets as far as the tables: they
show nothing there, and go on.
"""

HOSTILE = (ValueError, IndexError)
