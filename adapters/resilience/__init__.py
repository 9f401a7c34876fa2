"""What keeps trouble elsewhere from becoming ours."""
