"""What a 党内职务 says of its holder."""

from __future__ import annotations


def is_on_committee(post: str) -> bool:
    """Whether a post sits on the 支委会: 书记, 副书记 or a 委员; a 第一书记 is sent from above, a 党小组长 is not on it."""
    return "第一书记" not in post and ("书记" in post or "委员" in post)
