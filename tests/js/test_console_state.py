"""What the control room's buttons would do: the pure functions of js/streaming/console/state.js."""

MODULE = "/js/streaming/console/state.js"


def talk(number, **fields):
    return {
        "talk_id": number,
        "title": f"Talk {number}",
        "lang": "en",
        "may_air": True,
        "state": "later",
    } | fields


def track(**fields):
    row = {
        "id": 1,
        "name": "A",
        "revision": 7,
        "on_air": talk(1),
        "card": None,
        "next": talk(2),
        "lamp": "on",
        "undo": {"until": "2026-11-23T01:00:30.000Z"},
        "playlist": [talk(1, state="on_air"), talk(2, state="next"), talk(3), talk(4, may_air=False)],
        "viewers": 5,
        "duty": {"person": None, "note": "", "locked_until": None},
    }
    return row | fields


def call(in_browser, name, *cases):
    script = f"""async (cases) => {{
        const module = await import("{MODULE}");
        return cases.map((given) => module.{name}(...given) ?? null);
    }}"""
    return in_browser(script, list(cases))


def test_the_button_names_the_chosen_talk_else_the_card_to_lift_else_the_next(in_browser):
    covered = track(card="technical")
    targets = call(
        in_browser,
        "targetOf",
        [track(), None],
        [track(), 3],
        [track(), 1],
        [track(), 4],
        [covered, None],
        [covered, 3],
        [covered, 1],
        [track(next=None), None],
    )
    named = [target and (target["command"], target["talk"]["talk_id"]) for target in targets]
    assert named == [
        ("take", 2),
        ("take", 3),
        ("take", 2),
        ("take", 2),
        ("clear", 1),
        ("take", 3),
        ("take", 1),
        None,
    ]


def test_a_command_carries_the_revision_that_is_shown_and_only_its_own_target(in_browser):
    bodies = call(
        in_browser,
        "commandBody",
        [track(), {"command": "take", "talk": talk(2)}],
        [track(), {"command": "card", "card": "break", "talk": None}],
        [track(), {"command": "clear", "talk": talk(1)}],
        [track(), {"command": "undo", "talk": None}],
    )
    assert bodies == [
        {"command": "take", "expected_revision": 7, "talk_id": 2},
        {"command": "card", "expected_revision": 7, "card": "break"},
        {"command": "clear", "expected_revision": 7},
        {"command": "undo", "expected_revision": 7},
    ]


def test_an_older_answer_does_not_turn_a_track_back(in_browser):
    known = {"tracks": [track(revision=8, on_air=talk(2))], "log": []}
    late = {"tracks": [track(revision=7)], "log": ["newer"]}
    (state,) = call(in_browser, "replaceState", [known, late])
    assert (state["tracks"][0]["revision"], state["log"]) == (8, ["newer"])


def test_a_frame_about_one_track_leaves_the_others_alone(in_browser):
    state = {"tracks": [track(), track(id=2, name="B")]}
    frame = {"id": 1, "revision": 8, "on_air": talk(2), "card": None, "next": talk(3)}
    (changed,) = call(in_browser, "patchTrack", [state, frame])
    first, second = changed["tracks"]
    assert (first["revision"], first["on_air"]["talk_id"], first["undo"]) == (8, 2, None)
    assert [entry["state"] for entry in first["playlist"]] == ["done", "on_air", "next", "later"]
    assert second == state["tracks"][1]


def test_an_old_frame_is_ignored(in_browser):
    state = {"tracks": [track()]}
    frame = {"id": 1, "revision": 6, "on_air": talk(9), "card": None, "next": None}
    assert call(in_browser, "patchTrack", [state, frame]) == [state]


def test_nobody_counting_is_not_nobody_watching(in_browser):
    state = {"tracks": [track(), track(id=2)]}
    counted, unknown = call(in_browser, "countViewers", [state, {"1": 12}], [state, None])
    assert [row["viewers"] for row in counted["tracks"]] == [12, 0]
    assert [row["viewers"] for row in unknown["tracks"]] == [None, None]


def test_the_last_resort_is_always_a_real_line(in_browser):
    state = {"control_room": "demo"}
    bare = track(on_air=None, name="Track 1")
    take = {"command": "take", "talk": talk(2)}
    lines = call(
        in_browser, "lastResort", [state, track(), take], [state, track(), None], [state, bare, None]
    )
    assert lines == [
        "python manage.py take demo A 2",
        "python manage.py take demo A 1",
        "python manage.py take demo 'Track 1' --card waiting",
    ]
