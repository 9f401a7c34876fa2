"""A telephone line that rings nobody: calls by script, for trying things out and for tests."""
