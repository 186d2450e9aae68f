"""Public profiles: made, changed and taken away by the person alone, and gone from the list at once."""

import hashlib
from typing import Any

from django.db import transaction

from events.models import ProfilePicture, PublicProfile, Registration


def save_profile(
    *, registration: Registration, fields: dict[str, Any], picture: bytes | None, drop_picture: bool = False
) -> PublicProfile:
    """`picture` is a small WebP; None leaves the present one, unless `drop_picture` takes it away."""
    with transaction.atomic():
        profile, _ = PublicProfile.objects.update_or_create(registration=registration, defaults=fields)
        if picture is not None:
            _keep_picture(profile, picture)
        elif drop_picture:
            ProfilePicture.objects.filter(profile=profile).delete()
    return profile


def _keep_picture(profile: PublicProfile, picture: bytes) -> None:
    digest = hashlib.sha256(picture).hexdigest()[:16]
    ProfilePicture.objects.update_or_create(profile=profile, defaults={"webp": picture, "digest": digest})


def remove_profile(*, registration: Registration) -> None:
    """With its picture; nothing is kept."""
    PublicProfile.objects.filter(registration=registration).delete()


def hide_profile(*, profile: PublicProfile) -> bool:
    """Off the list at once; the person keeps what they wrote. False when it was not on the list."""
    return bool(PublicProfile.objects.filter(pk=profile.pk, is_public=True).update(is_public=False))
