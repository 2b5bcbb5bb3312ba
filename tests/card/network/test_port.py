"""How far wpa_supplicant has come, by its events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.card.network.port import LONGEST_NAME, Port, after

STARTED = "<3>CTRL-EVENT-EAP-STARTED EAP authentication started"
FAILURE = "<3>CTRL-EVENT-EAP-FAILURE EAP authentication failed"
SUCCESS = "<3>CTRL-EVENT-EAP-SUCCESS EAP authentication completed successfully"
GONE = "<3>CTRL-EVENT-DISCONNECTED bssid=01:80:c2:00:00:03 reason=3"
SUBJECT = "subject='/C=RU/O=Ex ample/CN=radius.example.com'"


def error(reason: int) -> str:
    return f"<3>CTRL-EVENT-EAP-TLS-CERT-ERROR reason={reason} depth=0 {SUBJECT} err='Domain suffix mismatch'"


def told(*events: str) -> Port:
    port = Port()
    for event in events:
        port = after(port, event)
    return port


@pytest.mark.parametrize(
    ("events", "port"),
    [
        ((), Port("starting")),
        ((STARTED,), Port("asking")),
        ((STARTED, SUCCESS), Port("open")),
        ((STARTED, FAILURE), Port("refused", "failed")),
        ((STARTED, error(9), FAILURE), Port("refused", "wrong_name", "/C=RU/O=Ex ample/CN=radius.example.com")),
        ((STARTED, error(3)), Port("refused", "not_yet_valid", "/C=RU/O=Ex ample/CN=radius.example.com")),
        ((STARTED, error(8)), Port("refused", "certificate", "/C=RU/O=Ex ample/CN=radius.example.com")),
        ((STARTED, FAILURE, STARTED, SUCCESS), Port("open")),
        ((STARTED, SUCCESS, STARTED), Port("open")),  # asked again every hour, and open meanwhile
        ((STARTED, SUCCESS, STARTED, FAILURE), Port("refused", "failed")),
        ((STARTED, SUCCESS, GONE), Port("starting")),
        (
            ('<3>CTRL-EVENT-SSID-TEMP-DISABLED id=0 ssid="a" auth_failures=1 duration=10 reason=WRONG_KEY',),
            Port("refused", "wrong_key"),
        ),
        (("<3>CTRL-EVENT-NETWORK-NOT-FOUND ",), Port("nobody")),
        (("<3>CTRL-EVENT-SCAN-STARTED ", "<4>Failed to initiate AP scan"), Port("starting")),
    ],
)
def test_it_is_as_far_as_the_last_event_that_decides(events: tuple[str, ...], port: Port) -> None:
    assert told(*events) == port


@given(
    st.lists(
        st.text()
        | st.sampled_from([STARTED, SUCCESS, FAILURE, GONE])
        | st.text().map("CTRL-EVENT-EAP-TLS-CERT-ERROR {}".format),
        max_size=5,
    )
)
def test_any_events_leave_it_somewhere(events: list[str]) -> None:
    port = told(*events)
    assert port.phase in {"starting", "asking", "open", "refused", "nobody"}
    assert len(port.server) <= LONGEST_NAME
