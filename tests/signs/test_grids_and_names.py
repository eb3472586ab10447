"""Grids of places that go on in the boxes beside them, data in which a name drowns the rest, contacts in disguise."""

from __future__ import annotations

import json

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, silent

PLACES = [
    "武义县",
    "耿马县",
    "衡水市",
    "台前县",
    "八宿县",
    "江油市",
    "娱乐",
    "和平区",
    "鄂尔多斯市",
    "柳城县",
    "洱源县",
    "三亚市",
    "焦点",
    "河东区",
    "庄河市",
    "曲周县",
    "热点",
    "洪江市",
    "正镶白旗",
    "龙川县",
    "涪陵区",
    "久久",
]


def _rows(size: int, form: str) -> str:
    return "\n".join(
        form.format("".join(f"<li>{name}</li>" for name in PLACES[at : at + size]))
        for at in range(0, len(PLACES), size)
    )


@pytest.mark.parametrize(
    "grid",
    [
        _rows(6, "<ul>{}</ul>"),
        _rows(8, "<ol class=r>{}</ol>"),
        "<ul><li>" + "</li><li>".join(PLACES[:8]) + "</li></ul>\n" + "|".join(PLACES[8:]) + "|",
        "<p>" + "|".join(PLACES[:12]) + "</p>\n<p>" + "|".join(PLACES[12:]) + "</p>",
        "<div>"
        + " ".join(PLACES[:7])
        + "</div>\n<div>"
        + " ".join(PLACES[7:14])
        + "</div>\n<div>"
        + " ".join(PLACES[14:])
        + "</div>",
    ],
)
def test_a_grid_in_several_boxes_is_one(grid: str) -> None:
    verdict, findings, _ = judged(HEAD + BODY + grid + "\n" + TAIL)
    assert (verdict, [finding.rule for finding in findings]) == ("infected", ["scattered-places"])
    assert "久久" in (HEAD + BODY + grid + "\n" + TAIL).encode()[findings[0].span.start : findings[0].span.end].decode()


def test_branches_of_one_province_stay() -> None:
    names = [
        "武义县",
        "永康市",
        "兰溪市",
        "浦江县",
        "磐安县",
        "义乌市",
        "东阳市",
        "金东区",
        "婺城区",
        "开化县",
        "龙游县",
        "江山市",
        "常山县",
        "衢江区",
        "柯城区",
        "缙云县",
    ]
    silent(
        body="<ul>"
        + "".join(f"<li>{name}</li>" for name in names[:8])
        + "</ul>\n<ul>"
        + "".join(f"<li>{name}</li>" for name in names[8:])
        + "</ul>\n"
    )


@pytest.mark.parametrize(
    "name",
    [
        "CONTOHRAJA | Link Slot Gacor Malam Ini",
        "MUSTERIX | Casino Bonus ohne Einzahlung",
        "ZZEXEMPLO | Melhores cassinos online com bonus",
        "PRIMEROK | Онлайн казино с бонусом",
        "VIDUTAI | Nhà cái uy tín nhất",
    ],
)
def test_a_name_that_nobody_knows_does_not_drown_what_it_sells(name: str) -> None:
    brand = name.split(" | ")[0]
    data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": name,
        "brand": {"@type": "Brand", "name": brand},
        "review": {"@type": "Review", "name": brand, "author": {"@type": "Person", "name": brand}},
    }
    script = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>\n'
    verdict, findings, _ = judged(HEAD + BODY + script + TAIL)
    assert (verdict, [finding.rule for finding in findings]) == ("infected", ["spam-data"])


def test_a_shop_s_own_goods_stay() -> None:
    data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": "Library card holder",
        "brand": {"name": "TOWNLIB"},
    }
    silent(body=f'<script type="application/ld+json">{json.dumps(data)}</script>\n')


@pytest.mark.parametrize(
    "post",
    [
        "急用钱？公积金代办，黑户可贷，当天放款➕威❤：daikuan〇88①②",
        "★代幵各类票据★餐饮住宿☞薇❤：fp⑧⑥〇三（诚信合作）",
        "各行各业开票 办资质 扣扣：三二一〇七七八",
        "货到付款，招代理，V❤️ huo⑤⑤②①",
        "正规开证代办，企鹅：❸❷❶❽❽❻",
    ],
)
def test_an_offer_with_a_contact_in_disguise_is_found(post: str) -> None:
    assert judged(HEAD + BODY + f"<p>{post}</p>\n" + TAIL)[0] == "infected"


def test_an_offer_behind_honest_sentences_is_only_shown() -> None:
    noticed = '<p>The program answers <samp id="answer">ready</samp>.</p>\n'
    page = (
        HEAD
        + BODY
        + noticed
        + "<p>第二天我们去渔村看晒网。★代幵各类票据★餐饮住宿☞薇❤：fp⑧⑥〇三（诚信合作）</p>\n"
        + TAIL
    )
    verdict, findings, cleaned = judged(page)
    assert (verdict, {finding.disposition for finding in findings}, cleaned) == ("infected", {"review"}, page)


@pytest.mark.parametrize(
    "post",
    [
        "花店联系微信 flower123。",
        "警方提醒：声称代办贷款、加薇❤：dk①②③的都是诈骗。",
        "读书会群号 QQ：1234567，欢迎加入。",
    ],
)
def test_plain_contacts_and_warnings_stay(post: str) -> None:
    silent(body=f"<p>{post}</p>\n")
