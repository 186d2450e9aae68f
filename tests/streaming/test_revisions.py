from streaming.revisions import Revisions


def test_frames_in_order_leave_nothing_missing():
    revisions = Revisions(4)
    for revision in (5, 6, 7):
        revisions.add(revision)
    assert (revisions.whole, revisions.newest) == (7, 7)


def test_lost_frame_holds_the_whole_back_though_newer_ones_came():
    revisions = Revisions(4)
    revisions.add(6)
    assert (revisions.whole, revisions.newest) == (4, 6)


def test_late_frame_closes_the_gap():
    revisions = Revisions(4)
    for revision in (6, 7, 5):
        revisions.add(revision)
    assert (revisions.whole, revisions.newest) == (7, 7)


def test_doubled_and_old_frames_change_nothing():
    revisions = Revisions(4)
    for revision in (5, 5, 3):
        revisions.add(revision)
    assert (revisions.whole, revisions.newest) == (5, 5)


def test_a_whole_state_settles_what_was_missing():
    revisions = Revisions(4)
    revisions.add(7)
    revisions.settle(6)
    assert (revisions.whole, revisions.newest) == (7, 7)
