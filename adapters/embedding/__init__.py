"""What texts mean, by models that run in this process."""
