"""What every use case needs: a clock, identifiers, a transaction, a permission, a job queue."""
