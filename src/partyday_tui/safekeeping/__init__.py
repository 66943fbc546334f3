"""Keeping the book safe outside itself: drives, backups, restore; knows files and bytes, not the tables."""
