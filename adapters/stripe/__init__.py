"""Payments by Stripe. Importing it loads Stripe's client, so only who needs it does."""
