"""What the start looks at is what the migrations make."""

from partyday_tui.store import inspection, schema


def test_the_digest_is_that_of_the_newest_schema():
    made = inspection.digest(schema.objects_of(schema.newest_version()))
    assert made == inspection.NEWEST_DIGEST, f"after a new migration NEWEST_DIGEST in store/inspection.py is {made}"
