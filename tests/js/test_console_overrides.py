"""Which talks an override is offered for, and whose answer a request waits for."""

NOON = "2026-11-23T03:00:00.000Z"
BEFORE, AFTER = "2026-11-23T02:00:00.000Z", "2026-11-23T04:00:00.000Z"


def call(in_browser, name, *cases):
    script = f"""async (cases) => {{
        const module = await import("/js/streaming/console/overrides.js");
        return cases.map((given) => module.{name}(...given));
    }}"""
    return in_browser(script, [[*given, 1795402800000] for given in cases])


def talk(number, ends_at, *, marked=True):
    return {"talk_id": number, "ends_at": ends_at, "do_not_stream": marked}


def request(number, *, by=1, expires=AFTER, valid=False):
    return {"id": number, "asked_by": {"id": by}, "expires_at": expires, "is_valid": valid}


def lane(*open_ones, playlist=()):
    return {"overrides": {"open": list(open_ones)}, "playlist": list(playlist)}


def test_the_time_of_the_cases_is_noon(in_browser):
    assert in_browser("async (cases) => cases.map((text) => Date.parse(text))", [NOON]) == [1795402800000]


def test_talks_to_come_are_offered_before_those_that_are_over(in_browser):
    playlist = [talk(1, BEFORE), talk(2, AFTER, marked=False), talk(3, AFTER), talk(4, AFTER)]
    [found] = call(in_browser, "markedTalks", [lane(playlist=playlist)])
    assert [row["talk_id"] for row in found] == [3, 4, 1]


def test_a_request_waits_for_others_once_and_in_time(in_browser):
    tracks = [
        lane(request(1), request(2, by=7), request(3, valid=True), request(4, expires=BEFORE)),
        lane(request(1), request(5, by=None)),
    ]
    mine, nobodys = call(in_browser, "requestsFor", [tracks, 7], [[{}], 7])
    assert [row["id"] for row in mine] == [1, 5]
    assert nobodys == []
