"""The outbox: what is put in stays as it was, a correction is a new revision, and the state follows from what became of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import TODAY
from tests.ui.looking import HOSTILE

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.paths import outbox_of
from partyday_tui.rules.delivery_place import Place
from partyday_tui.rules.outbox import State
from partyday_tui.services import outbox
from partyday_tui.services.desk import read_desk
from partyday_tui.services.doctor import diagnose


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "柳湾村党支部 2026年10月 月报.xlsx"
    made.write_bytes(b"october")
    return made


def put(book, file, content=None, period="2026-10", title="2026年10月月报", kind="month"):
    if content is not None:
        file.write_bytes(content)
    return outbox.put(book, file, kind, period, title)


def states(book):
    return [(it.named, it.state) for it in outbox.items(book)]


def test_a_file_is_copied_beside_the_book_and_waits(book, file):
    it = put(book, file)
    file.unlink()
    path = outbox.path_of(book, it)
    assert path == outbox_of(book.path) / "2026-10" / file.name and path.read_bytes() == b"october"
    assert outbox.bytes_of(book, it) == b"october"
    assert (it.state, it.revision, it.size, it.made_on) == (State.WAITING, 1, 7, TODAY)
    assert outbox.waiting(book) == 1 and diagnose(book).ok


def test_the_same_bytes_again_make_nothing_new_and_mend_a_lost_file(book, file):
    it = put(book, file)
    outbox.path_of(book, it).unlink()
    assert put(book, file).id == it.id
    assert outbox.bytes_of(book, it) == b"october" and len(outbox.items(book)) == 1


def test_a_correction_is_a_new_revision_and_the_earlier_one_stays_listed(book, file):
    first = put(book, file)
    second = put(book, file, b"corrected")
    assert second.revision == 2 and second.file_name == "柳湾村党支部 2026年10月 月报（第2版）.xlsx"
    assert states(book) == [("2026年10月月报（第2版）", State.WAITING), ("2026年10月月报", State.REPLACED)]
    assert outbox.waiting(book) == 1 and outbox.bytes_of(book, first) == b"october"


def test_a_correction_settles_what_came_back(book, file):
    it = put(book, file)
    outbox.mark_by_hand(book, it.id, "stick", "马会计", date(2026, 11, 2))
    outbox.returned(book, it.id, "少盖章", date(2026, 11, 5))
    assert outbox.returned_count(book) == 1 and outbox.waiting(book) == 0
    put(book, file, b"stamped")
    assert outbox.returned_count(book) == 0 and outbox.waiting(book) == 1


def test_two_packages_never_share_a_name_at_the_other_end(book, file):
    names = [put(book, file, str(n).encode(), f"2026-{n:02d}", f"{n}月").file_name for n in (1, 2, 3)]
    assert len(set(names)) == 3 and names[1].endswith("（2）.xlsx")


def test_a_file_of_somebody_else_in_the_outbox_is_left_alone(book, file):
    theirs = outbox_of(book.path) / "2026-10" / file.name
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"theirs")
    it = put(book, file)
    assert theirs.read_bytes() == b"theirs" and outbox.bytes_of(book, it) == b"october"


def test_a_file_that_is_gone_or_was_changed_is_said(book, file):
    it = put(book, file)
    for content in (b"other", b""):
        outbox.path_of(book, it).write_bytes(content)
        with pytest.raises(PartydayError, match="被改过，没有报送；请重新生成"):
            outbox.bytes_of(book, it)
    outbox.path_of(book, it).unlink()
    with pytest.raises(PartydayError, match="不在待报送文件夹里了；请重新生成"):
        outbox.bytes_of(book, it)


def test_what_is_no_package_is_not_taken(book, file):
    wrong = [("week", "2026-10", b"x"), ("month", "../..", b"x"), ("month", "十月", b"x"), ("month", "2026-10", b"")]
    for kind, period, content in wrong:
        with pytest.raises(UserMistake, match="请"):
            put(book, file, content, period, kind=kind)
    with pytest.raises(UserMistake, match="请"):
        put(book, Path("no-such-file.xlsx"))
    assert outbox.items(book) == [] and not outbox_of(book.path).exists()


def test_any_name_and_title_become_a_safe_file(book, tmp_path):
    source = tmp_path / "x.xlsx"
    for number, name in enumerate([*HOSTILE, "..", "a/b", "a\\b:c", ".hidden", "长" * 80]):
        source.write_bytes(str(number).encode())
        it = outbox.put(book, _Named(source, f"{name}.xlsx"), "other", "2026", name[:150])
        path = outbox.path_of(book, it)
        assert path.parent == outbox_of(book.path) / "2026" and path.read_bytes() == str(number).encode()
        assert len(path.name.encode()) < 240 and path.name.isprintable()


class _Named(type(Path())):
    """A file that calls itself something that no disk would."""

    def __new__(cls, path, name):
        made = super().__new__(cls, path)
        made._called = name
        return made

    def __init__(self, *_):
        pass

    @property
    def name(self):
        return self._called


def test_a_row_that_would_lead_out_of_the_outbox_opens_nothing(book, file):
    it = put(book, file)
    for changed in (replace(it, file_name="../../book.db"), replace(it, period="../..")):
        with pytest.raises(PartydayError, match="没有打开"):
            outbox.path_of(book, changed)


def test_by_hand_returned_withdrawn_and_back(book, file):
    it = put(book, file)
    with pytest.raises(UserMistake, match="还没有交上去"):
        outbox.returned(book, it.id, "少盖章")
    done = outbox.mark_by_hand(book, it.id, "wechat", "马会计", date(2026, 11, 5))
    assert done.state is State.BY_HAND and (done.last.by_whom, done.last.carrier) == ("马会计", "wechat")
    with pytest.raises(UserMistake, match="原因没有填"):
        outbox.returned(book, it.id, " ")
    assert outbox.returned(book, it.id, "少盖章").state is State.RETURNED
    assert outbox.withdraw(book, it.id).state is State.WITHDRAWN and outbox.waiting(book) == 0
    assert outbox.wait_again(book, it.id).state is State.WAITING
    with pytest.raises(UserMistake, match="本来就在待报送"):
        outbox.wait_again(book, it.id)
    told = [each.result for _, each in outbox.history(book, it.id)]
    assert told == ["by_hand", "returned", "withdrawn", "waiting"]
    assert outbox.mark_by_hand(book, it.id, "stick", "", TODAY).last.by_whom == "罗有秀"
    assert diagnose(book).ok


def test_what_was_withdrawn_waits_again_when_it_is_put_in_again(book, file):
    it = put(book, file)
    outbox.withdraw(book, it.id)
    assert put(book, file).state is State.WAITING


def test_a_slip_by_hand_is_refused(book, file):
    it = put(book, file)
    for how, by, on, words in (
        ("pigeon", "", TODAY, "U盘还是用微信"),
        ("stick", "长" * 41, TODAY, "缩短"),
        ("stick", "", date(2026, 11, 7), "还没有到"),
    ):
        with pytest.raises(UserMistake, match=words):
            outbox.mark_by_hand(book, it.id, how, by, on)
    with pytest.raises(UserMistake, match="没有编号 99"):
        outbox.mark_by_hand(book, 99, "stick", "", TODAY)


def test_one_place_is_kept_and_a_bad_one_is_not(book):
    assert outbox.place(book) is None
    outbox.choose_place(book, Place("folder", "/media/usb"))
    assert outbox.choose_place(book, Place("webdav", "https://dav.town.test/x/", user_name="a")).label in (
        "网盘 https://dav.town.test/x"
    )
    with pytest.raises(UserMistake):
        outbox.choose_place(book, Place("webdav", "http://dav.town.test/x"))
    with pytest.raises(UserMistake, match="等于没送"):
        outbox.choose_place(book, Place("folder", str(outbox_of(book.path) / "2026-10")))
    assert outbox.place(book) == Place("webdav", "https://dav.town.test/x", user_name="a")


def test_the_desk_tells_what_waits_and_leads_there(book, file):
    assert read_desk(book).waiting == 0 and not [it for it in read_desk(book).lines if it.where == "delivery"]
    it = put(book, file)
    desk = read_desk(book)
    line = next(line for line in desk.lines if line.where == "delivery")
    assert (desk.waiting, line.subject, line.state) == (1, "1份待报送", "待报送")
    outbox.mark_by_hand(book, it.id, "stick", "", TODAY)
    assert not [line for line in read_desk(book).lines if line.where == "delivery"]
    outbox.returned(book, it.id, "少盖章")
    desk = read_desk(book)
    line = next(line for line in desk.lines if line.where == "delivery")
    assert (desk.waiting, line.state) == (0, "被退回") and "1份被退回" in line.subject
