"""Paperwork: vouchers, invoices and their corrections, receipts, certificates."""
