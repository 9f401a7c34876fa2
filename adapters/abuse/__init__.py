"""What can be told from how somebody is reached, without asking anybody."""
