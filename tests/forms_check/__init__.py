"""Every form of the demo branch through LibreOffice: not part of `make test`, since it needs soffice and pdftotext."""
