"""The demo event's pages of words: texts, links and the people who make it."""

from typing import Any

from events.models import Event, EventLink, EventText, TeamMember
from streaming.demo import content, pictures
from streaming.services.demo.pictures import picture


def make_words(event: Event) -> str:
    """Returns one line for the report."""
    source = content.event()
    texts = EventText.objects.bulk_create(_text(event, row) for row in source["text"])
    links = EventLink.objects.bulk_create(
        EventLink(event=event, position=number, **row) for number, row in enumerate(source["link"], 1)
    )
    team = TeamMember.objects.bulk_create(
        _member(event, number, row) for number, row in enumerate(source["team"], 1)
    )
    return f"Made {len(texts)} texts, {len(links)} links and {len(team)} people of the team."


def _text(event: Event, row: dict[str, str]) -> EventText:
    return EventText(event=event, kind=row["kind"], body_ja=row["ja"].strip(), body_en=row["en"].strip())


def _member(event: Event, number: int, row: dict[str, Any]) -> TeamMember:
    fields = {name: value for name, value in row.items() if name != "key"}
    return TeamMember(event=event, position=number, picture=team_picture_path(row), **fields)


def team_picture_path(row: dict[str, str]) -> str:
    return f"team/demo-{row['key']}.png"


def draw_team() -> int:
    return sum(
        picture(team_picture_path(row), pictures.portrait, row["key"]) for row in content.event()["team"]
    )
