-- The day on which a photo was taken, so that plan, record and photo can be held against each other (REC-07).

ALTER TABLE event_picture ADD COLUMN taken_on TEXT CHECK (taken_on IS NULL OR date(taken_on, '+0 days') IS taken_on);
