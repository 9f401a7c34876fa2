"""How what is sent is signed, and by whom it was."""
