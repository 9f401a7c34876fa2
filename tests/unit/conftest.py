"""How properties are tested here."""

from hypothesis import settings

# A busy machine is not a bug.
settings.register_profile("patient", settings(), deadline=None)
settings.load_profile("patient")
