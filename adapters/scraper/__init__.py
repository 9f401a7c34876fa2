"""Reading documentation sites."""
