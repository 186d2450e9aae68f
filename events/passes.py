"""What the QR code of a registration says: a signed text, so that nobody guesses or makes another one."""

import uuid

from django.core import signing

from events.models import Registration

SALT = "dreamkast.pass"


def pass_text(registration: Registration) -> str:
    return signing.Signer(salt=SALT).sign(registration.public_id.hex)


def registration_of_pass(text: str) -> Registration | None:
    """Whose pass it is; None when it is forged, not a pass at all, or the person has withdrawn."""
    try:
        public_id = uuid.UUID(signing.Signer(salt=SALT).unsign(text))
    except (signing.BadSignature, ValueError):
        return None
    return Registration.objects.select_related("event", "user").filter(public_id=public_id).first()
