"""The widgets that draw line by line: `Lines` for frames and texts, `Register` for every list."""
