"""A row of which nearly each item is a keyword is cut unasked on a page that speaks of other things."""

from __future__ import annotations

import pytest

from tests.signs.cases import judged

_PAGE = (
    '<!doctype html>\n<html lang="ko"><head><meta charset="utf-8"><title>예시동 주민센터</title></head>\n<body>\n'
    "<h1>예시동 주민센터</h1>\n<p>주민등록 등본은 평일 오전 아홉 시부터 오후 여섯 시까지 발급합니다.</p>\n"
    "<p>자치프로그램은 분기마다 새로 모집합니다. 수강료는 한 달에 이만 원입니다.</p>\n{}</body></html>\n"
)
_TOWNS = ("가온", "나래", "다솜", "라온", "마루", "바다", "사랑", "아름", "자락", "차돌", "카온", "타래")
_SOLD = ("출장마사지", "출장안마", "홈타이", "출장샵", "출장홈타이", "콜걸", "룸살롱", "후불제출장")


@pytest.mark.parametrize("mark", [" · ", " | "])
def test_a_row_of_places_and_keywords_goes(mark: str) -> None:
    row = mark.join(town + _SOLD[at % len(_SOLD)] for at, town in enumerate(_TOWNS))
    assert judged(_PAGE.format(f"<p>{row}</p>\n"))[2] == _PAGE.format("")


def test_a_row_of_places_stays() -> None:
    page = _PAGE.format("<p>" + " · ".join(f"{town} 도서관" for town in _TOWNS) + "</p>\n")
    assert judged(page) == ("clean", (), page)
