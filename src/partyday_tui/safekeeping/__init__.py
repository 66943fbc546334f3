"""Backups outside the book: the archive file, its place on a stick, the passphrase."""
