"""Each refusal of authorisation says which account was tried."""

import pytest

from appliance.services.link.terminal import link_state
from appliance.terminal.config import Role
from appliance.terminal.reports import LinkRefused, Refusal

ACCOUNTS: dict[Role | None, str] = {
    "admin": "the administrator's account",
    "user": "the user's account",
    None: "either account",
}


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("refusal", Refusal)
def test_a_refusal_names_the_account(refusal: Refusal, account: Role | None) -> None:
    assert ACCOUNTS[account] in str(link_state(LinkRefused(refusal, account)).reason)
