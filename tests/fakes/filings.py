"""Made-up people and what they declare in each of the forms that can be filed."""

from __future__ import annotations

from queue_server.contracts.forms import Form, FormField, Kind

PERSON = {
    "name": "Nguyễn Thị Thử",
    "identity": "001190000001",
    "born": "1990-02-01",
    "sex": "female",
    "address": "Số 1, thôn Đông, xã Mẫu, tỉnh Mẫu",
    "phone": "0900000001",
}
ANYTHING = {
    Kind.TEXT: "Nội dung mẫu",
    Kind.NAME: "Trần Văn Mẫu",
    Kind.DATE: "2020-03-04",
    Kind.IDENTITY: "001090000002",
    Kind.PHONE: "0900000002",
    Kind.NUMBER: "2",
    Kind.MONEY: "50000000",
}


def answered(form: Form, **chosen: str) -> dict[str, str]:
    """Answers to all that is asked; a choice takes its first, unless `chosen` says otherwise."""
    answers: dict[str, str] = {}
    while missing := [field for field in form.asked(answers) if field.id not in answers]:
        for field in missing:
            answers[field.id] = chosen.get(field.id) or _answer(field)
    return answers


def _answer(field: FormField) -> str:
    if field.kind is Kind.CHOICE:
        known = PERSON.get(field.id, "")
        ids = [choice.id for choice in field.choices]
        return known if known in ids else ids[0]
    if field.kind is Kind.NUMBER and field.least is not None and field.least > 2:
        return str(field.least + 1)
    return PERSON.get(field.id, ANYTHING[field.kind])
