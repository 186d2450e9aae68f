"""The demo's speakers, and one account per role."""

from allauth.account.models import EmailAddress

from accounts.models import User
from events.enums import Role
from events.models import Event
from events.rules import can_register
from events.services.registration import register
from events.services.roles import grant_role
from streaming.demo import content, pictures
from streaming.services.demo.pictures import picture
from talks.models import Speaker

ACCOUNTS = {
    "attendee": "岡部 みなみ",
    "speaker": "佐久間 れん",
    "organizer": "遠見 つばさ",
    "broadcaster": "灯野 はじめ",
}
SPEAKER_WITH_ACCOUNT = "Ren Sakuma"


def make_speakers(event: Event) -> dict[str, Speaker]:
    """The speakers of the new event by their key."""
    sources = content.speakers()
    rows = Speaker.objects.bulk_create(_speaker(event, source) for source in sources)
    return {source["key"]: row for source, row in zip(sources, rows, strict=True)}


def _speaker(event: Event, source: dict[str, str]) -> Speaker:
    return Speaker(
        event=event,
        name_ja=source["ja"],
        name_en=source["en"],
        organisation=source["organisation"],
        job_title=source["job"],
        bio_ja=source["bio_ja"],
        bio_en=source["bio_en"],
        avatar=portrait_path(source),
    )


def portrait_path(source: dict[str, str]) -> str:
    return f"speakers/demo-{source['key']}.png"


def draw_portraits() -> int:
    return sum(picture(portrait_path(row), pictures.portrait, row["key"]) for row in content.speakers())


def ensure_accounts(event: Event) -> list[str]:
    """One verified account per role, each with what the role needs; returns the addresses that were made."""
    people = {role: _account(role, name) for role, name in ACCOUNTS.items()}
    if can_register(people["attendee"][0], event):
        register(event=event, user=people["attendee"][0], mails=False)
    _link_speaker(event, people["speaker"][0])
    for role in (Role.ORGANIZER, Role.BROADCASTER):
        grant_role(event=event, user=people[role][0], role=role, actor=None)
    return [user.email for user, is_new in people.values() if is_new]


def _account(role: str, name: str) -> tuple[User, bool]:
    email = f"{role}@example.com"
    user = User.objects.filter(email=email).first()
    is_new = user is None
    if user is None:
        user = User.objects.create_user(email, name=name)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user, is_new


def _link_speaker(event: Event, user: User) -> None:
    if not Speaker.objects.filter(event=event, user=user).exists():
        Speaker.objects.filter(event=event, name_en=SPEAKER_WITH_ACCOUNT, user=None).update(user=user)
