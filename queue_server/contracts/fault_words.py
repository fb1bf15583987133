"""What is wrong with a value somebody gave, Vietnamese first and English beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BETWEEN = " / "
OWN = "Value error, "
"""How pydantic begins what a validator of ours says; ours say it in both languages already."""

VIETNAMESE = {
    "missing": "còn thiếu",
    "extra_forbidden": "không có mục này",
    "string_type": "phải là chữ",
    "string_too_short": "ít nhất {min_length} chữ",
    "string_too_long": "nhiều nhất {max_length} chữ",
    "string_pattern_mismatch": "không đúng dạng {pattern}",
    "too_short": "ít nhất {min_length} mục",
    "too_long": "nhiều nhất {max_length} mục",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "float_type": "phải là số",
    "float_parsing": "phải là số",
    "finite_number": "phải là số",
    "bool_type": "phải là có hoặc không",
    "bool_parsing": "phải là có hoặc không",
    "greater_than": "phải lớn hơn {gt}",
    "greater_than_equal": "ít nhất là {ge}",
    "less_than": "phải nhỏ hơn {lt}",
    "less_than_equal": "nhiều nhất là {le}",
    "enum": "chỉ được là {expected}",
    "literal_error": "chỉ được là {expected}",
    "date_type": "không phải ngày, viết năm-tháng-ngày",
    "date_parsing": "không phải ngày, viết năm-tháng-ngày",
    "date_from_datetime_parsing": "không phải ngày, viết năm-tháng-ngày",
    "time_type": "không phải giờ, viết giờ:phút",
    "time_parsing": "không phải giờ, viết giờ:phút",
    "json_invalid": "không đọc được",
}
"""Kinds of faults by pydantic's own names; what is in braces it gives in `ctx`."""


def fault_words(fault: Mapping[str, Any], outermost: str = "") -> str:
    """One fault of pydantic as `field: vi / en`; `outermost` names what has no field.

    The value itself is not repeated: it may be personal.
    """
    where = ".".join(str(step) for step in fault["loc"]) or outermost
    english = str(fault["msg"])
    if fault["type"] == "value_error":
        return f"{where}: {english.removeprefix(OWN)}"
    said = VIETNAMESE.get(fault["type"])
    if said is None:
        return f"{where}: {english}"
    return f"{where}: {said.format(**fault.get('ctx') or {})}{BETWEEN}{english}"
