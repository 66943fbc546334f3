-- The marks of members as they were in a past month are read back from the record of changes, of one year only.

CREATE INDEX act_by_day ON act (day);
CREATE INDEX change_of_member_mark ON change (act_id) WHERE kept_in = 'member' AND op = 'update'
  AND field IN ('group_id', 'post', 'floating', 'infirm', 'hardship', 'leading_cadre', 'dues_category');
