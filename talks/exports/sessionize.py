"""The programme in the shape of Sessionize's "All" view. What has no time yet keeps its length."""

from typing import Any
from zoneinfo import ZoneInfo

from events.models import Event, Track
from talks.enums import Difficulty, TalkKind
from talks.exports.talks import lane_of, minutes_of
from talks.models import Speaker, Talk

QUESTIONS = ("Category", "Level", "Language", "Format")


def sessionize_of(event: Event, talks: list[Talk]) -> dict[str, Any]:
    tracks = list(event.tracks.all())
    choices = _choices(talks)
    numbers = {choice: number for number, choice in enumerate(choices, 1)}
    people = {speaker.pk: speaker for talk in talks for speaker in talk.people}
    return {
        "sessions": [_submission(event, talk, tracks, numbers) for talk in talks],
        "speakers": [_speaker(people[pk], talks) for pk in sorted(people)],
        "questions": [],
        "categories": [_question(number, name, numbers) for number, name in enumerate(QUESTIONS, 1)],
        "rooms": [
            {"id": track.pk, "name": track.name, "sort": number} for number, track in enumerate(tracks)
        ],
    }


def _answers(talk: Talk) -> dict[str, str]:
    answers = {
        "Category": talk.category,
        "Level": str(Difficulty(talk.difficulty).name.title()) if talk.difficulty else "",
        "Language": "Japanese" if talk.lang == "ja" else "English",
        "Format": str(TalkKind(talk.kind).name.title()),
    }
    return {question: words for question, words in answers.items() if words}


def _choices(talks: list[Talk]) -> list[tuple[str, str]]:
    return sorted({choice for talk in talks for choice in _answers(talk).items()})


def _question(number: int, name: str, numbers: dict[tuple[str, str], int]) -> dict[str, Any]:
    items = [
        {"id": item, "name": words, "sort": item}
        for (question, words), item in numbers.items()
        if question == name
    ]
    return {"id": number, "title": name, "items": items, "sort": number, "type": "session"}


def _submission(
    event: Event, talk: Talk, tracks: list[Track], numbers: dict[tuple[str, str], int]
) -> dict[str, Any]:
    lane = lane_of(talk, tracks)
    return {
        "id": str(talk.guid),
        "title": talk.title,
        "description": talk.abstract,
        "startsAt": _local(talk.starts_at, event.zone),
        "endsAt": _local(talk.ends_at, event.zone),
        "minutes": minutes_of(talk),
        "isServiceSession": talk.is_break,
        "isPlenumSession": talk.is_for_all_tracks,
        "speakers": [str(speaker.guid) for speaker in talk.people],
        "categoryItems": [numbers[choice] for choice in _answers(talk).items()],
        "questionAnswers": [],
        "roomId": lane.pk if lane else None,
        "liveUrl": None,
        "recordingUrl": talk.video_url or None,
        "status": "Declined" if talk.is_cancelled else "Accepted",
    }


def _local(moment: Any, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).replace(tzinfo=None).isoformat() if moment else None


def _speaker(speaker: Speaker, talks: list[Talk]) -> dict[str, Any]:
    first, _, last = speaker.name_ja.partition(" ")
    return {
        "id": str(speaker.guid),
        "firstName": first,
        "lastName": last,
        "fullName": speaker.name_ja,
        "bio": speaker.bio_ja or speaker.bio_en,
        "tagLine": speaker.job_title,
        "profilePicture": None,
        "isTopSpeaker": False,
        "links": [],
        "sessions": [str(talk.guid) for talk in talks if speaker in talk.people],
        "questionAnswers": [],
        "categoryItems": [],
    }
