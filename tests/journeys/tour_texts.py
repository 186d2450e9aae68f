"""What the new organizer of the tour types, in either language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    title: str
    kind: str
    minutes: int
    track: str
    day: int
    start: str
    speaker: str = ""


NAMES = ("みなとカンファレンス2027", "Harbour Conf 2027")
SLUG = "harbour2027"
ABOUT = (
    "海のそばで働くエンジニアのための2日間です。",
    "Two days for people who run software by the sea.",
)
PRIVACY = ("参加登録の情報は、会の運営だけに使います。", "We use your registration for the conference only.")
CONDUCT = ("誰もが安心して参加できる場をつくります。", "Be kind. Write to us if somebody is not.")

# Kind, minutes, track (none is all of them), day, start, and whether somebody speaks.
PLAN = [
    ("keynote", 40, "", 0, "10:00", True),
    ("talk", 40, "A", 0, "11:00", True),
    ("talk", 40, "B", 0, "11:00", True),
    ("talk", 40, "C", 0, "11:00", True),
    ("talk", 40, "A", 0, "13:00", True),
    ("talk", 40, "B", 0, "13:00", True),
    ("talk", 40, "A", 1, "10:00", True),
    ("talk", 40, "B", 1, "10:00", True),
    ("sponsor", 20, "C", 1, "10:00", True),
    ("talk", 30, "", 1, "17:00", False),
]
TITLES = {
    "en": [
        "Opening keynote",
        "Lighthouses as code",
        "Tides in production",
        "A harbour without locks",
        "Pilots and pipelines",
        "Fog, traces and metrics",
        "Small boats, big data",
        "Anchors for your clusters",
        "What the gulls taught us",
        "Closing",
    ],
    "ja": [
        "基調講演：海から届く信号",
        "灯台をコードで書く",
        "本番環境の潮の満ち引き",
        "ロックのない港",
        "水先案内とパイプライン",
        "霧の中のトレース",
        "小さな船と大きなデータ",
        "クラスターの錨",
        "カモメに学んだこと",
        "閉会",
    ],
}
PEOPLE = {
    "en": "Umi Hoshi, Ren Oki, Nagi Asano, Mio Tani, Sora Hama, Kai Mori, Rin Seto, Yui Kishi, Ao Iso",
    "ja": "星 うみ, 沖 れん, 浅野 なぎ, 谷 みお, 浜 そら, 森 かい, 瀬戸 りん, 岸 ゆい, 磯 あお",
}


def talks(language: str) -> list[Talk]:
    people = iter(PEOPLE[language].split(", "))
    return [
        Talk(title, *facts, next(people) if is_spoken else "")
        for title, (*facts, is_spoken) in zip(TITLES[language], PLAN, strict=True)
    ]
