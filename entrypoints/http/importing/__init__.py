"""Rows from elsewhere: read line by line, and understood one by one."""
