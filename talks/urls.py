from django.urls import URLPattern, path

from talks.views.talk import speaker_list, talk, talk_list
from talks.views.timetable import timetable

app_name = "talks"
urlpatterns: list[URLPattern] = [
    path("<slug:event>/timetables", timetable, name="timetable"),
    path("<slug:event>/talks", talk_list, name="talk_list"),
    path("<slug:event>/talks/<int:talk_id>", talk, name="talk"),
    path("<slug:event>/speakers", speaker_list, name="speaker_list"),
]
