"""A payment provider that is part of the program: nobody's money moves."""
