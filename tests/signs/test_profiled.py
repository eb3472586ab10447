"""Profiles that sell are shown for review; members tell of their own sites and what they like."""

from __future__ import annotations

import pytest

from tests.signs.cases import BODY, HEAD, TAIL, judged, silent


def _profile(name: str, *lines: str) -> str:
    return f'<div class="profile"><h3>{name}</h3><p>{"<br>".join(lines)}</p></div>\n'


def _site(host: str) -> str:
    return f'<a href="https://{host}/">https://{host}/</a>'


@pytest.mark.parametrize(
    "profile",
    [
        _profile("acme", f"Сайт: {_site('a.example.com')}", "Телефон: 89123456789", "#купитьдиплом #казинонаденьги"),
        _profile("acme", f"Website: {_site('a.example.com')}", "Email: a@a.example.com", "#SoiCầuMiềnNam #NuôiDànĐề"),
    ],
)
def test_profiles_that_sell_are_for_review(profile: str) -> None:
    page = HEAD + BODY + profile + TAIL
    verdict, findings, cleaned = judged(page)
    assert (verdict, [(f.rule, f.disposition) for f in findings], cleaned) == (
        "infected",
        [("operator-profile", "review")],
        page,
    )


@pytest.mark.parametrize(
    "profile",
    [
        _profile("maria_h", f"Website: {_site('maria.example.com')}", "#photography #hiking #mountainlife"),
        _profile("Tom", "Gardener.", f"Website: {_site('tom.example.com')}", "Phone: 0163296012", "#landscapes"),
        _profile("Fly", f"Website: {_site('fly.example.com')}", "Phone: 0163296012", "#cheapflights #cheaphotels"),
        _profile("Lan", f"Website: {_site('lan.example.com')}", "Hotline: 0912345678", "#DuLịchĐàNẵng #ẨmThựcHuế"),
        _profile("Apotheke", f"Website: {_site('apo.example.com')}", "Telefon: 030 1234567", "#impfungen #gesundheit"),
    ],
)  # fmt: skip
def test_members_of_a_forum_stay(profile: str) -> None:
    silent(body=profile)
