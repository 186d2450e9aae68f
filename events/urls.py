from django.urls import path

from events.views.registration import registration

app_name = "events"
urlpatterns = [
    path("<slug:event>/registration", registration, name="registration"),
]
