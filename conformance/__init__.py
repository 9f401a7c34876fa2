"""`make conformance`: what others wrote to judge APIs by, asked about this one.

Too long for every change. It needs the registries of Python and of node, and nothing else outside
of this machine: the program is served here, on SQLite, for as long as it is examined.
"""
