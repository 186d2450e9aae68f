from django.urls import URLPattern, path

from talks.views.agenda import dashboard, renew_calendar
from talks.views.calendar import my_calendar, talk_calendar
from talks.views.cards import event_card, speaker_card, talk_card
from talks.views.exchange import published
from talks.views.talk import speaker, speaker_list, talk, talk_list
from talks.views.timetable import timetable

app_name = "talks"
urlpatterns: list[URLPattern] = [
    path("<slug:event>/timetables", timetable, name="timetable"),
    path("<slug:event>/talks", talk_list, name="talk_list"),
    path("<slug:event>/talks/<int:talk_id>", talk, name="talk"),
    path("<slug:event>/talks/<int:talk_id>/card-<slug:digest>.png", talk_card, name="talk_card"),
    path("<slug:event>/card-<str:lang>-<str:digest>.png", event_card, name="event_card"),
    path("<slug:event>/speakers", speaker_list, name="speaker_list"),
    path("<slug:event>/speakers/<int:speaker_id>", speaker, name="speaker"),
    path(
        "<slug:event>/speakers/<int:speaker_id>/card-<str:lang>-<str:digest>.png",
        speaker_card,
        name="speaker_card",
    ),
    path("<slug:event>/talks/<int:talk_id>.ics", talk_calendar, name="talk_calendar"),
    path("<slug:event>/schedule.json", published, {"format_name": "schedule.json"}, name="schedule_json"),
    path("<slug:event>/schedule.xml", published, {"format_name": "schedule.xml"}, name="schedule_xml"),
    path("<slug:event>/schedule.ics", published, {"format_name": "ics"}, name="schedule_ics"),
    path("<slug:event>/dashboard", dashboard, name="dashboard"),
    path("<slug:event>/calendar", renew_calendar, name="renew_calendar"),
    path("<slug:event>/calendar/<str:token>.ics", my_calendar, name="my_calendar"),
]
