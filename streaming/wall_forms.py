from django import forms


class WallLinkForm(forms.Form):
    """A link outlives the event by little: at most a month."""

    name = forms.CharField(max_length=80)
    days = forms.IntegerField(min_value=1, max_value=31)
