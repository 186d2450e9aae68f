import re

from tests.factories.accounts import UserFactory


def test_group_of_the_admins_lists_is_no_link_and_never_the_current_app(db, client):
    client.force_login(UserFactory(is_superuser=True))
    html = client.get("/admin/talks/talk/", headers={"Accept-Language": "en"}).content.decode()
    groups = re.findall(r'<span class="section">([^<]+)</span>', html)
    assert groups[:3] == ["Event", "Registration", "Programme"]
    assert ('href=""' in html, "current-app" in html) == (False, False)
