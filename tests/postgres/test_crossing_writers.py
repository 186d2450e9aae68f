"""Two who change the same talk in different ways wait for each other; neither is thrown out."""

from uuid import uuid4


def test_title_corrected_while_its_talk_goes_on_air_does_not_deadlock(site):
    hall = site.run("tests.postgres.hall", slug=f"hall-{uuid4().hex[:8]}", tracks=1)
    [(track, talks)] = hall["tracks"].items()
    said = site.run("tests.postgres.crossing", track=int(track), talk=talks[0])
    assert said == ["corrected", "taken"]


def test_news_of_the_stream_that_waited_for_a_take_carries_the_talk(site):
    hall = site.run("tests.postgres.hall", slug=f"hall-{uuid4().hex[:8]}", tracks=1)
    [(track, talks)] = hall["tracks"].items()
    said = site.run("tests.postgres.overtaking", track=int(track), talk=talks[0])
    assert said == [talks[0]]
