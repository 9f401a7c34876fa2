"""What is stored so that nobody reads it without a key."""
