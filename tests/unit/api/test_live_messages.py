"""What clients of the live protocol send."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.api.live.messages import (
    AudioChoice,
    ClientMessage,
    DeclareTask,
    End,
    FocusTimer,
    HandBack,
    Hello,
    InputSwitch,
    Interrupt,
    Leave,
    Mute,
    PeerSignal,
    Ping,
    PushToTalk,
    ReportTask,
    TakeOver,
    Text,
    Whisper,
    read_message,
)
from vivavoce.domain.errors import Invalid

HELLO = Hello(type="hello", seat="sea_1", after=7, audio=AudioChoice(up_hz=48000, down_hz=24000), input="ptt")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"type":"hello"}', Hello(type="hello")),
        ('{"type":"hello","audio":{}}', Hello(type="hello", audio=AudioChoice())),
        (HELLO.model_dump_json(), HELLO),
        ('{"type":"text","text":" Hi ","id":"m-1"}', Text(type="text", text="Hi", id="m-1")),
        ('{"type":"ptt","on":true}', PushToTalk(type="ptt", on=True)),
        ('{"type":"input","mode":"open"}', InputSwitch(type="input", mode="open")),
        ('{"type":"mute","on":false}', Mute(type="mute", on=False)),
        ('{"type":"interrupt","why":"unknown fields are passed over"}', Interrupt(type="interrupt")),
        ('{"type":"ping","id":3,"rtt_ms":1.5}', Ping(type="ping", id=3, rtt_ms=1.5)),
        ('{"type":"whisper","text":"Ask."}', Whisper(type="whisper", text="Ask.")),
        ('{"type":"take_over"}', TakeOver(type="take_over")),
        ('{"type":"hand_back"}', HandBack(type="hand_back")),
        ('{"type":"task","text":"Write"}', DeclareTask(type="task", text="Write")),
        ('{"type":"task.report","task":"t1","done":"no"}', ReportTask(type="task.report", task="t1", done="no")),
        ('{"type":"focus","minutes":0}', FocusTimer(type="focus", minutes=0)),
        ('{"type":"signal","to":"sea_2","data":[1]}', PeerSignal(type="signal", to="sea_2", data=[1])),
        ('{"type":"leave"}', Leave(type="leave")),
        ('{"type":"end"}', End(type="end")),
        ('{"type":"dance"}', None),
        ('{"type":null}', None),
    ],
)
def test_a_message_is_read(text: str, message: ClientMessage | None) -> None:
    assert read_message(text) == message


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "A message is a JSON object with a `type`."),
        ("[]", "A message is a JSON object with a `type`."),
        ("7", "A message is a JSON object with a `type`."),
        ("{", "A message is a JSON object with a `type`."),
        ('{"text":"secret"}', "A message is a JSON object with a `type`."),
        ('{"type":"text"}', "text.text: Field required"),
        ('{"type":"text","text":"  "}', "text.text: String should have at least 1 character"),
        ('{"type":"ping","id":"' + "x" * 65 + '"}', "ping.id"),
        ('{"type":"hello","audio":{"up_hz":8000}}', "hello.audio.up_hz"),
        ('{"type":"hello","audio":{"up_hz":16000,"down_hz":48000}}', "down_hz is 24000 or the same as up_hz"),
        ('{"type":"hello","after":-1}', "hello.after"),
        ('{"type":"ptt","on":"perhaps"}', "ptt.on"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(text: str, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_message(text)
    assert why in str(refused.value)
    assert "secret" not in str(refused.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
TYPES = ["hello", "text", "ptt", "input", "mute", "interrupt", "ping", "leave", "end", "other"]
FIELDS = ["seat", "after", "audio", "input", "text", "id", "on", "mode", "rtt_ms"]
rest = st.dictionaries(st.sampled_from(FIELDS), json_values)
nearly = st.tuples(st.sampled_from(TYPES), rest).map(lambda parts: json.dumps({"type": parts[0], **parts[1]}))


@given(st.one_of(st.text(), json_values.map(json.dumps), nearly))
def test_any_text_is_a_message_or_passed_over_or_refused(text: str) -> None:
    try:
        message = read_message(text)
    except Invalid as error:
        assert len(str(error)) < 300
        return
    assert message is None or message.type in TYPES
