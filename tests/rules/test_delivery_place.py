"""An address is looked through before anything is sent there; every refusal says what to write."""

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.rules.delivery_place import Place, checked

ME, YOU = "liuwan@qq.com", "dangwei@qq.com"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (Place("folder", " /media/usb ", 25, "tls", "x"), Place("folder", "/media/usb")),
        (Place("smtp", "smtp.qq.com", 0, "tls", ME, "", YOU), Place("smtp", "smtp.qq.com", 465, "tls", ME, "", YOU)),
        (
            Place("smtp", " smtp.qq.com", 0, "starttls", ME, ME, f" {YOU}"),
            Place("smtp", "smtp.qq.com", 587, "starttls", ME, "", YOU),
        ),
        (Place("smtp", "localhost", 2525, "", "", ME, YOU), Place("smtp", "localhost", 2525, "", "", ME, YOU)),
        (
            Place("webdav", "https://dav.jianguoyun.com/dav/报送/", 9, "tls", ME, "x", "y"),
            Place("webdav", "https://dav.jianguoyun.com/dav/报送", user_name=ME),
        ),
        (Place("webdav", "http://127.0.0.1:8080/x"), Place("webdav", "http://127.0.0.1:8080/x")),
    ],
)
def test_a_good_address_is_kept_clean(given, kept):
    assert checked(given) == kept
    assert checked(kept) == kept


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Place("ftp", "x"), "请选文件夹、邮件或网盘"),
        (Place("folder", "  "), "请另选一个文件夹"),
        (Place("folder", "a\0b"), "请另选一个文件夹"),
        (Place("smtp", "smtp qq", 0, "tls", ME, "", YOU), "smtp.qq.com"),
        (Place("smtp", "smtp.qq.com\r\nX", 0, "tls", ME, "", YOU), "smtp.qq.com"),
        (Place("smtp", "smtp.qq.com", 0, "", ME, "", YOU), "加密连接"),
        (Place("smtp", "smtp.qq.com", 0, "ssl3", ME, "", YOU), "SSL 或 STARTTLS"),
        (Place("smtp", "smtp.qq.com", 0, "tls", ME, "", "dangwei"), "收件邮箱"),
        (Place("smtp", "smtp.qq.com", 0, "tls", ME, "", f"{YOU}\r\nBcc: x@y.z"), "收件邮箱"),
        (Place("smtp", "smtp.qq.com", 0, "tls", ME, "", f"<{YOU}>,a@b.c"), "收件邮箱"),
        (Place("smtp", "smtp.qq.com", 0, "tls", "liuwan", "", YOU), "发件邮箱"),
        (Place("smtp", "smtp.qq.com", 70000, "tls", ME, "", YOU), "端口"),
        (Place("smtp", "smtp.qq.com", 0, "tls", "a\u202eb@c.d", "", YOU), "用户名"),
        (Place("webdav", "dav.jianguoyun.com/dav"), "网盘地址没有看懂"),
        (Place("webdav", "ftp://dav.town.test/"), "网盘地址没有看懂"),
        (Place("webdav", "https://[x"), "网盘地址没有看懂"),
        (Place("webdav", "https://dav.town.test/a?b=c"), "网盘地址没有看懂"),
        (Place("webdav", "https://dav.town.test/a b"), "网盘地址没有看懂"),
        (Place("webdav", "https://dav.town.test:x/"), "网盘地址没有看懂"),
        (Place("webdav", "http://dav.town.test/"), "https://"),
        (Place("webdav", "https://me:geheim@dav.town.test/"), "不要写用户名和密码"),
    ],
)
def test_a_bad_address_is_refused_with_what_to_write(given, words):
    with pytest.raises(UserMistake, match=words) as refusal:
        checked(given)
    assert "geheim" not in refusal.value.sentence
