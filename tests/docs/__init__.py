"""What the documents say about the program is so."""
