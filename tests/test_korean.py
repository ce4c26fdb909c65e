"""Korean speaks of one thing by one word, and a particle fits whatever stands before it."""

import re
import xml.etree.ElementTree as ET

import pytest

from resources.i18n import update

NOT = {
    "은(는)": "a noun behind the placeholder: `{file} 파일은`",
    "이(가)": "a noun behind the placeholder: `{folder} 폴더가`",
    "을(를)": "a noun behind the placeholder: `{file} 파일을`",
    "(으)로": "a noun behind the placeholder, or a colon",
    "데이터 세트": "데이터셋",
    "표준 편차": "표준편차",
    "라벨": "레이블",
    "훈련": "학습",
    "파이썬": "Python",
    "내려받": "다운로드하다",
    "단추": "버튼",
    "고르세요": "선택하세요",
    "적으세요": "입력하세요",
    "미끄러": "슬라이딩, 이동하다",
    "추첨": "난수",
    "당신": "사용자",
    "정지함": "중지됨",
    "벌점": "규제",
    "위 한계": "상한",
    "누적 통계": "이동 평균·분산",
    "미끄러지는 창": "슬라이딩 윈도",
}
"""What no text says -> what it says instead."""


def texts() -> dict[str, str]:
    """Context and English source -> Korean."""
    root = ET.parse(update.TS).getroot()
    return {
        f"{context.findtext('name')}: {message.findtext('source')}": "".join(message.find("translation").itertext())
        for context in root.iter("context")
        for message in context.iter("message")
    }


@pytest.mark.parametrize("word", NOT)
def test_a_word_is_the_one_agreed_on(word: str) -> None:
    assert {source: korean for source, korean in texts().items() if word in korean} == {}


EXECUTING = (
    r"\b(is run|was run|be run|runs? (it|only|code|a program|git|on|\{file\}|\{line\})|operations run|model runs)"
)


def test_a_run_is_a_record_and_only_programs_are_executed() -> None:
    runs = {source: korean for source, korean in texts().items() if re.search(r"\bruns? ", source, re.IGNORECASE)}
    assert len(runs) > 50
    assert {
        source: korean
        for source, korean in runs.items()
        if re.search(r"(?<!다시 )실행(?! 취소)", korean) and not re.search(EXECUTING, source, re.IGNORECASE)
    } == {}
