"""The book on disk: the only room that knows SQLite and SQLModel."""
