from django.urls import URLPattern, path, re_path

from streaming.views import (
    console_log,
    control_room,
    health,
    inputs,
    local_hls,
    overrides,
    recordings,
    rehearsal,
    shifts,
    streams,
    wall,
)
from streaming.views.watch import watch

app_name = "streaming"
# Exactly what the encoder writes and a player asks for; texts, lock and log of the folder are not served.
HLS_FILE = r"(?P<name>(?:master|video|audio)\.m3u8|(?:video|audio)-[0-9]{1,12}\.ts)"
PUBLIC_ID = r"(?P<public_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
urlpatterns: list[URLPattern] = [
    re_path(rf"^media/streams/{PUBLIC_ID}/{HLS_FILE}$", local_hls.local_hls, name="local_hls"),
    path("<slug:event>/ui", watch, name="watch"),
    path("<slug:event>/console", control_room.control_room, name="control_room"),
    path("<slug:event>/console/state", control_room.control_room_state, name="control_room_state"),
    path("<slug:event>/console/tracks/<int:track_id>/duty", control_room.change_duty, name="duty"),
    path(
        "<slug:event>/console/tracks/<int:track_id>/automation",
        control_room.change_automation,
        name="automation",
    ),
    path("<slug:event>/console/tracks/<int:track_id>/health", health.change_slate, name="health"),
    path("<slug:event>/console/tracks/<int:track_id>/inputs", inputs.change_inputs, name="inputs"),
    path("<slug:event>/console/tracks/<int:track_id>/note", control_room.write_note, name="note"),
    path("<slug:event>/console/log", console_log.log_rows, name="console_log"),
    path("<slug:event>/console/log.csv", console_log.log_file, name="console_log_file"),
    path("<slug:event>/console/tracks/<int:track_id>/shifts", shifts.shift_track, name="shifts"),
    path("<slug:event>/console/tracks/<int:track_id>/shifts/preview", shifts.preview, name="shift_preview"),
    path(
        "<slug:event>/console/tracks/<int:track_id>/shifts/<int:shift_id>/undo",
        shifts.undo,
        name="undo_shift",
    ),
    path("<slug:event>/console/tracks/<int:track_id>/speakers", shifts.note_speakers, name="speakers_here"),
    path("<slug:event>/console/talks/<int:talk_id>/title", control_room.change_title, name="title"),
    path("<slug:event>/console/talks/<int:talk_id>/overrides", overrides.ask_override, name="ask_override"),
    path("<slug:event>/console/overrides/<int:override_id>", overrides.answer_override, name="override"),
    path("<slug:event>/console/streams", streams.change_all_streams, name="all_streams"),
    path("<slug:event>/console/tracks/<int:track_id>/stream", streams.change_stream, name="stream"),
    path("<slug:event>/console/tracks/<int:track_id>/gateway", streams.choose_gateway, name="gateway"),
    path("<slug:event>/console/tracks/<int:track_id>/key", streams.stream_key, name="stream_key"),
    path("<slug:event>/console/rehearsal", rehearsal.rehearsal, name="rehearsal"),
    path("<slug:event>/console/recordings", recordings.recording_list, name="recordings"),
    path("<slug:event>/console/recordings/<int:recording_id>", recordings.change_recording, name="recording"),
    path("<slug:event>/console/wall", wall.wall, name="wall"),
    path("<slug:event>/console/wall/state", wall.wall_state, name="wall_state"),
    path("<slug:event>/console/wall/links", wall.make_link, name="make_wall_link"),
    path("<slug:event>/console/wall/links/<int:link_id>", wall.revoke_link, name="revoke_wall_link"),
    path("<slug:event>/console/announcements", control_room.announce, name="announce"),
    path(
        "<slug:event>/console/announcements/<int:announcement_id>/withdraw",
        control_room.withdraw_announcement,
        name="withdraw_announcement",
    ),
]
