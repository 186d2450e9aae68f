from talks.models.change import ProgrammeChange
from talks.models.speaker import Speaker
from talks.models.talk import Talk, TalkSpeaker

__all__ = ["ProgrammeChange", "Speaker", "Talk", "TalkSpeaker"]
