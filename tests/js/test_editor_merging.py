"""Two editors and one draft: js/talks/editor/merging.js."""

MODULE = "/js/talks/editor/merging.js"
ONE, TWO = "2026-11-26T01:00:00.000Z", "2026-11-26T02:00:00.000Z"


def talk(number=1, revision=1, starts=ONE, ends=TWO, track=1):
    place = {"track_id": track, "room_id": None, "starts_at": starts, "ends_at": ends}
    return {"id": number, "revision": revision, "title": f"Talk {number}", **place}


def draft(*talks, revision=5, undo=None):
    return {"draft_revision": revision, "talks": list(talks), "undo": undo}


def call(in_browser, expression, *cases):
    script = f"""async (cases) => {{
        const merging = await import("{MODULE}");
        const {{ placeOf }} = await import("/js/talks/editor/places.js");
        const to = (row, status) => new Map([[row.id, {{ place: placeOf(row), status }}]]);
        return cases.map((given) => {expression});
    }}"""
    return in_browser(script, list(cases))


def test_a_move_on_its_way_is_shown_before_the_server_has_it(in_browser):
    wanted = talk(track=2)
    (shown,) = call(
        in_browser, "merging.shownTalks(given[0], to(given[1], 'saving'))", [draft(talk(), talk(2)), wanted]
    )
    assert shown == [wanted | {"unconfirmed": "saving"}, talk(2)]


def test_the_other_editors_move_is_taken_over_and_named(in_browser):
    known, incoming = draft(talk(), talk(2)), draft(talk(), talk(2, 2, track=3), revision=6)
    (merged,) = call(in_browser, "merging.mergeDraft(...given)", [known, incoming])
    assert merged["draft"] == incoming
    assert [move["talk"]["id"] for move in merged["moved"]] == [2]
    assert merged["moved"][0]["before"]["track_id"] == 1


def test_an_answer_that_is_late_changes_nothing(in_browser):
    known, late = draft(talk(revision=3, track=2), revision=6), draft(talk(), revision=5)
    assert call(in_browser, "merging.mergeDraft(...given)", [known, late]) == [{"draft": known, "moved": []}]


def test_the_answer_to_a_move_replaces_one_talk(in_browser):
    known = draft(talk(), talk(2))
    answer = {"talk": talk(1, 2, track=2), "draft_revision": 6, "undo": {"text": "move"}}
    assert call(in_browser, "merging.withAnswer(...given)", [known, answer]) == [
        draft(talk(1, 2, track=2), talk(2), revision=6, undo={"text": "move"})
    ]


def test_an_older_row_of_a_talk_does_not_turn_it_back(in_browser):
    known = draft(talk(revision=4, track=2))
    assert call(in_browser, "merging.withAnswer(...given)", [known, {"talk": talk(revision=3)}]) == [known]


def test_a_new_entry_is_added_and_an_undone_one_removed(in_browser):
    known = draft(talk())
    added, removed = call(
        in_browser,
        "merging.withAnswer(...given)",
        [known, {"talk": talk(2), "draft_revision": 6}],
        [known, {"talk": None, "removed_talk_id": 1, "draft_revision": 6}],
    )
    assert [row["id"] for row in added["talks"]] == [1, 2]
    assert removed == draft(revision=6)


def test_a_move_whose_answer_was_lost_has_arrived_when_the_talk_stands_there(in_browser):
    expression = "merging.hasArrived({ place: placeOf(given[0]) }, given[1])"
    assert call(
        in_browser, expression, [talk(track=2), talk(1, 2, track=2)], [talk(track=2), talk()], [talk(), None]
    ) == [True, False, False]


def test_saving_says_what_is_true(in_browser):
    expression = "merging.savingState(given[0] ? to(given[0], given[1]) : new Map(), given[2])"
    assert call(
        in_browser,
        expression,
        [None, None, "ok"],
        [talk(), "saving", "ok"],
        [talk(), "unsent", "ok"],
        [talk(), "unsent", "lost"],
        [None, None, "lost"],
        [talk(), "unsent", "signed_out"],
    ) == [
        {"kind": "saved", "unsent": 0},
        {"kind": "saving", "unsent": 0},
        {"kind": "unsent", "unsent": 1},
        {"kind": "offline", "unsent": 1},
        {"kind": "offline", "unsent": 0},
        {"kind": "signed_out", "unsent": 1},
    ]
