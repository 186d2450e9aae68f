"""What happens to accounts and must be heard in higher layers."""

from django.dispatch import Signal

# A person is in. Arguments: user; emails, the addresses that they have proved; provider, the id of the one
# through which they came, or ""; claims, what that provider says of them.
signed_in = Signal()
