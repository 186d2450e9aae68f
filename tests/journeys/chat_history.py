"""Runs beside the site: a room of the demo with messages of this morning."""

from accounts.models import User
from events.models import Track
from talks.discussion.chat_names import fold
from talks.discussion.models import ChatMember, ChatMessage, ChatRoom


def main(track: str, count: int) -> int:
    lane = Track.objects.get(event__slug="demo", name=track)
    room, _ = ChatRoom.objects.get_or_create(pk=lane.pk)
    user = User.objects.create_user(f"history-{lane.pk}@example.com")
    name = f"朝の人{lane.pk}"
    member = ChatMember.objects.create(event=lane.event, user=user, name=name, folded=fold(name))
    first = room.counter + 1
    ChatMessage.objects.bulk_create(
        ChatMessage(
            room=room, author=member, body=f"Message {place + 1}", number=first + place, changed=first + place
        )
        for place in range(count)
    )
    ChatRoom.objects.filter(pk=room.pk).update(counter=first + count - 1, sent_counter=first + count - 1)
    return lane.pk
