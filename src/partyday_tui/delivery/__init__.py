"""Carriers of packages: folder, e-mail, WebDAV; they know bytes and addresses, not the book. The only room that opens a socket."""
