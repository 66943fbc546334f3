"""The screens, one file each; a screen is imported at its first visit."""
