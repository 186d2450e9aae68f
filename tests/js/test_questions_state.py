"""What a page knows of questions: the pure functions of js/discussion/questions/state.js."""

MODULE = "/js/discussion/questions/state.js"
SCRIPT = f"""async (cases) => {{
    const module = await import("{MODULE}");
    return cases.map((steps) => {{
        let state = module.emptyState(5);
        for (const [name, ...given] of steps) state = module[name](state, ...given);
        return {{
            order: state.order,
            waiting: module.waiting(state).map((question) => question.id),
            revision: state.revision,
            missing: state.missing,
            counts: module.counts(state),
            questions: Object.fromEntries(state.questions),
        }};
    }});
}}"""


def question(number, **changes):
    return {
        "id": number,
        "talk_id": 5,
        "body": f"q{number}",
        "votes_count": 0,
        "state": "open",
        "is_pinned": False,
        "created_at": f"2026-11-23T01:00:0{number}.000Z",
        "answers": [],
    } | changes


def listed(revision, *questions):
    return ["applyList", {"talk_id": 5, "revision": revision, "questions": list(questions)}]


def frame(kind, revision, body):
    return ["applyFrame", {"kind": f"question.{kind}", "revision": revision, "body": body}]


def voted(revision, votes):
    """The first question's number, and that of one that the page does not know."""
    numbers = [{"id": 1, "votes_count": votes}, {"id": 77, "votes_count": 1}]
    return frame("voted", revision, {"talk_id": 5, "votes": numbers})


def after(in_browser, *steps):
    return in_browser(SCRIPT, [list(steps)])[0]


THREE = listed(3, question(1), question(2, votes_count=2), question(3, is_pinned=True))


def test_list_is_shown_with_pinned_first_then_by_votes(in_browser):
    assert after(in_browser, THREE)["order"] == [3, 2, 1]


def test_list_can_be_arranged_by_time(in_browser):
    assert after(in_browser, THREE, ["arrange", {"sort": "time"}])["order"] == [3, 2, 1]
    newer = listed(3, question(1, votes_count=9), question(2))
    assert after(in_browser, newer, ["arrange", {"sort": "time"}])["order"] == [2, 1]


def test_question_of_somebody_else_waits_until_it_is_asked_for(in_browser):
    asked = frame("asked", 4, question(4, votes_count=9))
    seen = after(in_browser, THREE, asked)
    assert (seen["order"], seen["waiting"], seen["missing"]) == ([3, 2, 1], [4], False)
    assert after(in_browser, THREE, asked, ["arrange"])["order"] == [3, 4, 2, 1]


def test_votes_change_the_number_and_not_the_place(in_browser):
    seen = after(in_browser, THREE, voted(4, 8))
    assert (seen["order"], seen["questions"]["1"]["votes_count"]) == ([3, 2, 1], 8)


def test_ones_own_question_stands_in_front_at_once(in_browser):
    assert after(in_browser, THREE, ["withQuestion", question(4, is_mine=True)])["order"] == [3, 4, 2, 1]


def test_frame_leaves_what_is_the_readers_own(in_browser):
    mine = listed(3, question(1, is_mine=True, has_voted=True))
    seen = after(in_browser, mine, voted(4, 2))["questions"]["1"]
    assert (seen["is_mine"], seen["has_voted"], seen["votes_count"]) == (True, True, 2)


def test_removed_question_is_gone(in_browser):
    seen = after(in_browser, THREE, frame("removed", 4, {"id": 2, "talk_id": 5}))
    assert (seen["order"], "2" in seen["questions"], seen["revision"]) == ([3, 1], False, 4)


def test_own_question_that_is_shown_again_is_still_ones_own(in_browser):
    mine = listed(3, question(1), question(2, is_mine=True, has_voted=True))
    back = frame("changed", 5, question(2))
    seen = after(in_browser, mine, frame("removed", 4, {"id": 2, "talk_id": 5}), back)
    assert (seen["order"], seen["questions"]["2"]["is_mine"], seen["questions"]["2"]["has_voted"]) == (
        [2, 1],
        True,
        True,
    )


def test_question_that_was_hidden_stays_in_its_place_for_who_moderates_until_the_list_says_more(in_browser):
    rows = [question(1), question(2, votes_count=2)]
    desk = ["applyList", {"talk_id": 5, "revision": 3, "questions": rows, "can_moderate": True}]
    removed = frame("removed", 4, {"id": 2, "talk_id": 5})
    seen = after(in_browser, desk, removed)
    assert (seen["order"], seen["questions"]["2"]["is_hidden"]) == ([2, 1], True)
    shown = frame("changed", 5, question(2))
    assert after(in_browser, desk, removed, shown)["questions"]["2"]["is_hidden"] is False
    assert after(in_browser, desk, removed, listed(4, question(1)))["order"] == [1]


def test_older_frame_is_ignored(in_browser):
    seen = after(in_browser, THREE, frame("removed", 3, {"id": 2, "talk_id": 5}))
    assert (seen["order"], seen["revision"]) == ([3, 2, 1], 3)


def test_jump_is_a_gap_until_the_list_has_come(in_browser):
    jump = voted(6, 8)
    assert after(in_browser, THREE, jump)["missing"] is True
    assert after(in_browser, THREE, jump, listed(5, question(1)))["questions"]["1"]["votes_count"] == 8
    healed = after(in_browser, THREE, jump, listed(6, question(1, votes_count=8), question(4)))
    assert (healed["missing"], healed["order"], healed["waiting"]) == (False, [1], [4])


def test_frame_before_the_first_list_asks_for_a_newer_one(in_browser):
    early = frame("asked", 4, question(4))
    assert after(in_browser, early, listed(3, question(1)))["missing"] is True
    assert after(in_browser, early, listed(4, question(4)))["missing"] is False


def test_frame_of_another_talk_is_ignored(in_browser):
    other = question(9) | {"talk_id": 6}
    assert after(in_browser, THREE, frame("asked", 4, other))["revision"] == 3


def test_answered_ones_can_be_left_out(in_browser):
    answer = {"id": 1, "body": "Because.", "answerer": {"type": "staff", "name": ""}, "created_at": "2026"}
    mixed = listed(3, question(1), question(2, state="answered"), question(3, answers=[answer]))
    seen = after(in_browser, mixed, ["arrange", {"unansweredOnly": True}])
    assert (seen["order"], seen["counts"]) == ([1], {"all": 3, "open": 1})


def test_press_is_counted_at_once_and_once(in_browser):
    seen = after(in_browser, THREE, ["withVote", 1, True], ["withVote", 1, True])["questions"]["1"]
    assert (seen["votes_count"], seen["has_voted"]) == (1, True)


def test_next_talk_keeps_what_the_reader_may_do_until_its_own_list_has_come(in_browser):
    may = {"can_ask": True, "current_user_role": "speaker", "closed": None}
    first = ["applyList", {"talk_id": 5, "revision": 3, "questions": [question(1)]} | may]
    asked = ["applyFrame", {"kind": "question.asked", "revision": 9, "body": question(2) | {"talk_id": 6}}]
    borrowed = after(in_browser, first, ["nextTalk", 6], asked)
    assert (borrowed["order"], borrowed["waiting"], borrowed["missing"]) == ([], [2], True)
    own = ["applyList", {"talk_id": 6, "revision": 9, "questions": [question(2) | {"talk_id": 6}]} | may]
    seen = after(in_browser, first, ["nextTalk", 6], asked, own)
    assert (seen["order"], seen["waiting"], seen["missing"]) == ([2], [], False)
