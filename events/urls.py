from django.urls import path

from events.views.public import home, landing, sponsor_list, theme
from events.views.registration import registration

app_name = "events"
urlpatterns = [
    path("", home, name="home"),
    path("<slug:event>/", landing, name="landing"),
    path("<slug:event>/sponsors", sponsor_list, name="sponsor_list"),
    path("<slug:event>/theme-<slug:digest>.css", theme, name="theme"),
    path("<slug:event>/registration", registration, name="registration"),
]
