from accounts.models.limit import Turns
from accounts.models.mail import OutgoingMail
from accounts.models.person import User

__all__ = ["OutgoingMail", "Turns", "User"]
