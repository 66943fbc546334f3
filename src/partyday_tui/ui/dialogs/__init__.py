"""Typed questions: each takes values, returns a value and saves nothing."""
