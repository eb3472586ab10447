"""One word of a page's own list of keywords may be called like what is sold; a list of such words is not its own."""

from __future__ import annotations

from tests.signs.cases import judged

PAGE = (
    '<!doctype html>\n<html lang="zh"><head><title>示例钟表维修</title>\n<meta charset="utf-8">\n'
    '<meta name="keywords" content="{}">\n</head>\n<body>\n<h1>示例钟表维修</h1>\n'
    "<p>周一送来的表，周五取回。本周到了新的表带。</p>\n</body></html>\n"
)
OWN = "示例钟表维修中心,石桥镇,修表,换表带,换玻璃,配钥匙"


def test_one_is_not_cut_unasked() -> None:
    page = PAGE.format(OWN.replace("换表带", "高仿手表,换表带"))
    _, findings, cleaned = judged(page)
    assert [finding.disposition for finding in findings] == ["review"]
    assert cleaned == page


def test_several_are_cut() -> None:
    page = PAGE.format(OWN + ",澳门百家乐开户,时时彩投注平台,国产精品在线观看")
    assert judged(page)[2] == PAGE.format(OWN)
