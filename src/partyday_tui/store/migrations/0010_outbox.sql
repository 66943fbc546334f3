-- The outbox: packages made for the superior, what became of each, and the one place they are sent to. Never a password.
-- The file itself lies beside the book; its folder is the period, so neither may hold anything that leads elsewhere.

CREATE TABLE package (
  id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES act (id),
  kind TEXT NOT NULL CHECK (kind IN ('month', 'year', 'inspection', 'other')),
  period TEXT NOT NULL CHECK (length(period) BETWEEN 4 AND 40 AND period NOT GLOB '*[^-0-9至]*'),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  revision INTEGER NOT NULL CHECK (revision BETWEEN 1 AND 9999),
  file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 220 AND file_name NOT GLOB '*[/\:]*' AND file_name NOT GLOB '.*'),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 67108864),
  UNIQUE (kind, period, title, revision)
) STRICT;

CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  act_id INTEGER NOT NULL REFERENCES act (id),
  package_id INTEGER NOT NULL REFERENCES package (id),
  result TEXT NOT NULL CHECK (result IN ('sent', 'failed', 'by_hand', 'returned', 'withdrawn', 'waiting')),
  carrier TEXT NOT NULL DEFAULT '' CHECK (carrier IN ('', 'folder', 'smtp', 'webdav', 'stick', 'wechat')),
  to_where TEXT NOT NULL DEFAULT '' CHECK (length(to_where) <= 200),
  by_whom TEXT NOT NULL DEFAULT '' CHECK (length(by_whom) <= 40),
  on_date TEXT NOT NULL CHECK (date(on_date, '+0 days') IS on_date),
  words TEXT NOT NULL DEFAULT '' CHECK (length(words) <= 500)
) STRICT;
CREATE INDEX delivery_of_package ON delivery (package_id, id);

CREATE TABLE delivery_place (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  carrier TEXT NOT NULL CHECK (carrier IN ('folder', 'smtp', 'webdav')),
  target TEXT NOT NULL CHECK (length(target) BETWEEN 1 AND 1000),
  port INTEGER NOT NULL DEFAULT 0 CHECK (port BETWEEN 0 AND 65535),
  security TEXT NOT NULL DEFAULT '' CHECK (security IN ('', 'tls', 'starttls')),
  user_name TEXT NOT NULL DEFAULT '' CHECK (length(user_name) <= 200),
  sender TEXT NOT NULL DEFAULT '' CHECK (length(sender) <= 200),
  recipient TEXT NOT NULL DEFAULT '' CHECK (length(recipient) <= 200)
) STRICT;

CREATE TRIGGER package_is_never_changed BEFORE UPDATE ON package BEGIN SELECT RAISE(ABORT, 'package is append-only'); END;
CREATE TRIGGER package_is_never_deleted BEFORE DELETE ON package BEGIN SELECT RAISE(ABORT, 'package is append-only'); END;
CREATE TRIGGER delivery_is_never_changed BEFORE UPDATE ON delivery BEGIN SELECT RAISE(ABORT, 'delivery is append-only'); END;
CREATE TRIGGER delivery_is_never_deleted BEFORE DELETE ON delivery BEGIN SELECT RAISE(ABORT, 'delivery is append-only'); END;
