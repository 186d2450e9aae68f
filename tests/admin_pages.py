"""Admin pages as a browser uses them: draw the form, change a field, send it back."""

from html.parser import HTMLParser

from django.urls import reverse

from events.models import LiveCounter


class FormReader(HTMLParser):
    """What a browser would send if the drawn form were sent back untouched."""

    def __init__(self, html):
        super().__init__()
        self.sent, self.select, self.area = {}, None, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        row = dict(attrs)
        name = row.get("name")
        if tag == "input" and name and row.get("type") not in {"submit", "file"}:
            if row.get("type") != "checkbox" or "checked" in row:
                self.sent[name] = row.get("value", "on" if row.get("type") == "checkbox" else "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in row:
            self.sent[self.select] = row["value"]
        elif tag == "textarea":
            self.area, self.sent[name] = name, ""

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.sent[self.area] = self.sent[self.area].removeprefix("\n")
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.sent[self.area] += data


def page(name, *args):
    return reverse(f"admin:{name}", args=args)


def drawn(client, address):
    """The whole of a drawn change page, ready to be sent back."""
    return FormReader(client.get(address).content.decode()).sent


def counters(event):
    """The event's revision and its count of access checks."""
    row = LiveCounter.objects.filter(event=event).first()
    return (row.revision, row.access) if row else (0, 0)
