"""Which passwords are refused: too short, or made of what everybody here would try first.

Length is what counts, not kinds of signs. `TRIED_FIRST` is the documented list of words of this
place (OWASP ASVS 5, 6.1.2 and 6.2.11); lists of leaked passwords are not asked.
"""

from __future__ import annotations

import unicodedata

SHORTEST, LONGEST = 10, 128
FEWEST_OTHER_LETTERS = 4
FEWEST_DIFFERENT = 5
TRIED_FIRST = (
    *("motcua", "motcuaedge", "hanhchinh", "hanhchinhcong", "dichvucong", "phucvu", "trungtam"),
    *("tiepnhan", "traketqua", "hoso", "canbo", "quay", "quantri", "quanly", "phuong", "quan"),
    *("huyen", "tinh", "thanhpho", "uyban", "ubnd", "vietnam", "hanoi", "saigon", "danang"),
    *("hochiminh", "haiphong", "cantho", "matkhau", "dangnhap", "taikhoan", "xinchao", "anhyeuem"),
    *("password", "passwd", "admin", "administrator", "manager", "clerk", "viewer", "office"),
    *("ward", "kiosk", "login", "welcome", "letmein", "iloveyou", "secret", "changeme", "default"),
    *("qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn", "abcdefgh", "abcdef"),
    *("abcd", "abc", "test", "demo"),
)
"""Without accents, spaces and capitals, so that "Mật khẩu 2026!" is found, too."""


def fault_of(name: str, password: str) -> str | None:
    """Why somebody of this name may not have it, in Vietnamese and English; None if they may."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"mật khẩu: {SHORTEST} đến {LONGEST} ký tự / password: {SHORTEST} to {LONGEST} signs"
    if name in password.lower() or len(set(password)) < FEWEST_DIFFERENT:
        return (
            f"mật khẩu: không chứa tên, ít nhất {FEWEST_DIFFERENT} ký tự khác nhau / "
            f"password: not the name, and at least {FEWEST_DIFFERENT} different signs"
        )
    if _letters_left(password) < FEWEST_OTHER_LETTERS:
        return (
            "mật khẩu: chỉ gồm số và những từ ai cũng thử đầu tiên; hãy ghép vài từ khác / "
            "password: only digits and words that everybody tries first; join some other words"
        )
    return None


def _letters_left(password: str) -> int:
    """How many letters, accents aside, no such word covers, however the words are laid over it."""
    plain = unicodedata.normalize("NFD", password.casefold().replace("đ", "d"))
    letters = "".join(sign for sign in plain if sign.isalpha())
    least = [0]
    for end in range(1, len(letters) + 1):
        ending = (word for word in TRIED_FIRST if letters.endswith(word, 0, end))
        least.append(min([least[-1] + 1, *(least[end - len(word)] for word in ending)]))
    return least[-1]
