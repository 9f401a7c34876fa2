"""Measurements against floors taken in the same run, and two proofs that need many clients."""
