"""What driftkit says over OSC, address by address, as the arguments that each message has: `name:type`.

Below the prefix, beside the controls themselves. `id` is what a render was asked under.
"""

ANSWERS: dict[str, str] = {
    "done": "command:s *",  # and what the command says more
    "fail": "command:s sentence:s *",  # the id, where there is one
    "pong": "token:*",
    "version.reply": "name:s major:i minor:i patch:i commit:s",
    "status.reply": (
        "state:s queued:i rendering:i done:i failed:i model:s device:s audio:s xruns:i bad_packets:i kit:s http_port:i"
    ),
    "traffic.reply": "packets:i bad:i waiting:i",
    "health.reply": "engine:s load:f latency_ms:f",
    "clock.reply": "token:* seconds:i microseconds:i",
    "link/session.reply": "on:i peers:i tempo:f phase:f seconds:i microseconds:i",
    "holds": "pad:i stamp:s label:s confidence:f seed:i undos:i redos:i file:s",
    "played": "pad:i velocity:f",
    "queued": "id:* pad:i",
    "progress": "id:* fraction:f",
    "sound": "id:* pad:i path:s seed:i ms:f label:s confidence:f",
    "cancelled": "id:* pad:i reason:s",
    "slot": "pad:i path:s name:s",
    "take": "index:i total:i file:s name:s seed:i star:i",
    "preset": "index:i total:i name:s",
    "model": "index:i total:i name:s",
    "midi/input": "index:i total:i name:s",
    "midi/status.reply": "notes:i controls:i programs:i lost:i inputs:i",
    "synced": "n:i",
}
