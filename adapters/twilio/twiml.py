"""What Twilio is told to do with a call that is up.

Whoever talks meets in a room of the call's own name. A call can be taken out of it, to wait or to
be told something, and sent back; the others stay.
"""

from twilio.twiml.voice_response import Dial, VoiceResponse

HOLD_MUSIC = "https://api.twilio.com/cowbell.mp3"
FOR_EVER = 0


def into_room(call: str) -> str:
    return _into_room(VoiceResponse(), call)


def on_hold(music: str = HOLD_MUSIC) -> str:
    response = VoiceResponse()
    response.play(music, loop=FOR_EVER)
    return str(response)


def saying(text: str, call: str) -> str:
    """Says so, and goes back to the others."""
    response = VoiceResponse()
    response.say(text)
    return _into_room(response, call)


def handed_to(number: str, told_at: str) -> str:
    """Somebody else altogether; `told_at` hears how they fare."""
    response, dial = VoiceResponse(), Dial(answer_on_bridge=True)
    dial.number(
        number,
        status_callback=told_at,
        status_callback_event="initiated ringing answered completed",
    )
    response.append(dial)
    return str(response)


def _into_room(response: VoiceResponse, call: str) -> str:
    dial = Dial()
    dial.conference(
        call, start_conference_on_enter=True, end_conference_on_exit=False, beep="onExit"
    )
    response.append(dial)
    return str(response)
