"""Files that people hand in: told apart by what is in them, and read where they can do no harm."""
