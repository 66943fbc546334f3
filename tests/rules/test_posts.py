"""Who sits on the committee by their post."""

import pytest

from partyday_tui.rules.posts import is_on_committee


@pytest.mark.parametrize(
    ("post", "sits"),
    [
        ("书记", True),
        ("党支部书记", True),
        ("副书记", True),
        ("组织委员", True),
        ("纪检委员、党小组长", True),
        ("第一书记", False),
        ("党小组长", False),
        ("", False),
    ],
)
def test_who_sits_on_the_committee(post, sits):
    assert is_on_committee(post) is sits
