"""A page tells its language by its small words."""

from __future__ import annotations

from spamguard.text.smallwords import small_words
from spamguard.text.words import signs_as_written

OWN = "Thư viện xã mở cửa từ chín giờ, sách được mượn trong bốn tuần và sách mới ở trên bàn cạnh cửa của phòng đọc."
NOTICE = "訪客請注意：本館提供繁體中文導覽，請於一樓服務台領取地圖，並將背包放置於入口處的櫃子裡。" * 5


def test_a_notice_in_another_script_takes_no_language_from_a_page() -> None:
    alone = small_words(signs_as_written(OWN))
    assert alone is not None
    assert small_words(signs_as_written(OWN + NOTICE)) is alone


def test_a_name_in_latin_letters_gives_no_language_to_a_page() -> None:
    assert small_words(signs_as_written(NOTICE + "The Town and the Sea")) is None
