"""The services without a screen, for scripts and checks."""
