"""What the programme says to those who follow it: groups, kinds and bodies."""


def talk_group(talk_id: int) -> str:
    return f"talk.{talk_id}"
