"""A card and a code that are held to the scanner; both are made up."""

CARD = "079085123456||Trần Thị Thử|01021985|Nam|Số 1, xã Mẫu|02032021"
CODE = "K7M29QXT"
