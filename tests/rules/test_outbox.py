"""The state of a package follows from what became of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.outbox import RESULT_WORDS, STATE_WORDS, State, state_after


@pytest.mark.parametrize(
    ("results", "replaced", "state"),
    [
        ([], False, State.WAITING),
        (["failed", "failed"], False, State.WAITING),
        (["failed", "sent"], False, State.SENT),
        (["sent", "failed"], False, State.SENT),
        (["sent", "returned"], False, State.RETURNED),
        (["sent", "returned", "sent"], False, State.SENT),
        (["by_hand"], False, State.BY_HAND),
        (["by_hand", "waiting"], False, State.WAITING),
        (["withdrawn"], False, State.WITHDRAWN),
        ([], True, State.REPLACED),
        (["sent", "returned"], True, State.REPLACED),
        (["sent"], True, State.SENT),
        (["by_hand"], True, State.BY_HAND),
    ],
)
def test_the_last_that_was_no_failure_decides(results, replaced, state):
    assert state_after(results, replaced=replaced) is state


@given(st.lists(st.sampled_from(sorted(RESULT_WORDS))), st.data(), st.booleans())
def test_a_failure_never_changes_a_state(results, data, replaced):
    at = data.draw(st.integers(0, len(results)))
    with_failure = [*results[:at], "failed", *results[at:]]
    assert state_after(with_failure, replaced=replaced) is state_after(results, replaced=replaced)


def test_every_state_has_its_word():
    assert set(STATE_WORDS) == set(State)
    assert [STATE_WORDS[it] for it in (State.WAITING, State.SENT, State.RETURNED, State.BY_HAND)] == [
        "待报送",
        "已报送",
        "被退回",
        "已用U盘或微信交",
    ]
