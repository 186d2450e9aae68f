"""A conference as Sessionize tells it, and a table as a Japanese spreadsheet saves it."""

from typing import Any

ROOMS = {11: "大ホール", 12: "会議室A", 13: "会議室B"}
CHOICES = {
    "レベル": {101: "初級", 102: "中級", 103: "上級"},
    "言語": {201: "日本語", 202: "英語"},
    "カテゴリ": {301: "運用", 302: "データ基盤"},
    "Session format": {401: "基調講演", 402: "Session"},
}


def sessionize() -> dict[str, Any]:
    """240 entries over two days: talks, what is for everybody, breaks, and what has no time yet."""
    return {
        "sessions": [_submission(number) for number in range(240)],
        "speakers": [_speaker(number) for number in range(60)],
        "questions": [],
        "categories": [
            {
                "id": number,
                "title": title,
                "items": [{"id": key, "name": name} for key, name in items.items()],
            }
            for number, (title, items) in enumerate(CHOICES.items(), 1)
        ],
        "rooms": [{"id": key, "name": name, "sort": key} for key, name in ROOMS.items()],
    }


def _speaker(number: int) -> dict[str, Any]:
    names = {"firstName": f"灯{number}", "lastName": "海野", "fullName": f"灯{number} 海野"}
    if number == 59:
        names = {"firstName": "", "lastName": None, "fullName": None}
    return {"id": f"00000000-0000-4000-8000-{number:012}", **names, "bio": "潮を読む。", "tagLine": "技術者"}


def _submission(number: int) -> dict[str, Any]:
    is_service, is_plenum, is_unplaced = number % 20 == 0, number % 20 == 1, number % 20 == 2
    hour, day = 9 + number % 10, 26 + number % 2
    return {
        "id": str(150_000 + number),
        "title": "休憩" if is_service else f"潮汐 {number} 話",
        "description": f"<b>{number}</b> 分で読む" if number % 3 else None,
        "startsAt": None if is_unplaced else f"2026-11-{day}T{hour:02}:00:00",
        "endsAt": None if is_unplaced else f"2026-11-{day}T{hour:02}:40:00",
        "isServiceSession": is_service,
        "isPlenumSession": is_plenum,
        "speakers": [] if is_service else [f"00000000-0000-4000-8000-{number % 60:012}"],
        "categoryItems": [] if is_service else [101 + number % 3, 201 + number % 2, 301 + number % 2, 402],
        "roomId": None if is_unplaced else 11 + number % 3,
    }


def spreadsheet() -> bytes:
    """200 rows in the encoding of a Japanese spreadsheet, with a line break and a comma within cells."""
    lines = ["Title,Kind,Language,Speakers,Date,Start,Minutes,Track,Seats,Abstract"]
    for number in range(200):
        day, hour = 26 + number % 2, 9 + number % 9
        words = f'"{number}行目、\n""引用""付き, と続く"' if number % 2 else "'=1+1"
        lines.append(
            f"表の講演{number},,日本語,海野 灯{number % 30}; 汐見 {number % 7},"
            f"2026/11/{day},{hour}:00,40,ホール{number % 4},{number},{words}"
        )
    return "\r\n".join(lines).encode("cp932")
