"""A layer of offers that a script lays over the page goes with its script; a site's own layers and bars stay."""

from __future__ import annotations

import pytest

from tests.signs.cases import restores, silent


def _layer(*names: str, hosts: tuple[str, ...] = ("v8.example.com", "k6.example.net", "k6.example.net")) -> str:
    links = "".join(
        f'<li><a href="https://{host}/?c={number}" target="_blank">{name}</a></li>'
        for number, (name, host) in enumerate(zip(names, hosts, strict=True))
    )
    layer = f'<div class="float" style="position:fixed;bottom:0;z-index:99999"><b>✕</b><ul>{links}</ul></div>'
    return f"<script>\n$(function(){{\n  var h = '{layer}';\n  $('body').append(h);\n}});\n</script>\n"


@pytest.mark.parametrize(
    "names",
    [
        ("真人荷官·首存翻倍", "电竞菠菜·日日返水", "棋牌斗牛·提款秒到"),
        ("新会员首存翻倍", "棋牌捕鱼 极速提现", "体育竞猜 高赔率"),
        ("casino utan spelpaus", "fria snurr varje dag", "snabba uttag direkt"),
        ("казино с бездепозитным бонусом", "крути барабан", "вывод сразу"),
    ],
)
def test_offers_in_new_words_are_known_by_a_keyword_and_where_they_lead(names: tuple[str, str, str]) -> None:
    restores(body=_layer(*names), rule="written-links")


@pytest.mark.parametrize(
    ("names", "hosts"),
    [
        (("关注微博", "微信公众号", "抖音号"), ("weibo.example.net", "weixin.example.com", "douyin.example.org")),
        (("Follow us", "Watch our videos", "Our pictures"), ("a.example.net", "b.example.com", "c.example.org")),
        (("Spela på biblioteket", "Ny öppettid", "Kurser i höst"), ("a.example.net", "b.example.com", "c.example.org")),
        (("彩票公益金资助项目", "读者活动报名", "讲座预告"), ("a.example.net", "b.example.com", "c.example.org")),
    ],
)
def test_layers_that_offer_nothing_stay(names: tuple[str, ...], hosts: tuple[str, ...]) -> None:
    silent(body=_layer(*names, hosts=hosts))


def test_offers_are_told_by_keywords_on_pictures_too() -> None:
    links = "".join(
        f'<a href="https://v{number}.example.com/">{said}</a>'
        for number, said in enumerate(
            ('<img src="https://i.example.net/a.gif" alt="注册送彩金">', "秒提款 日日返水", "真人荷官 在线客服")
        )
    )
    script = (
        f"!function(){{var h='<div style=\"position:fixed;bottom:0\">{links}</div>';"
        "window.addEventListener('load',function(){document.body.insertAdjacentHTML('beforeend',h)})}();"
    )
    restores(body=f"<script>{script}</script>", rule="written-links")


def test_pictures_of_partners_stay() -> None:
    links = "".join(
        f'<a href="https://p{number}.example.com/"><img src="/p{number}.png" alt="{said}"></a>'
        for number, said in enumerate(("市立博物馆", "音乐学校 彩票公益金", "农业银行 信用卡"))
    )
    silent(body=f"<script>document.body.insertAdjacentHTML('beforeend','<div class=\"bar\">{links}</div>');</script>")
