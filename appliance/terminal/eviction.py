"""Why a terminal takes an authorisation back, in words for the display (manual: event authorizationNeeded)."""

from appliance.terminal.messages.enums import EvictionCause

EXPLANATIONS = {
    EvictionCause.TAKEN_OVER: "Another controller took over the terminal",
    EvictionCause.USER_RESET_BY_UNSECURED_ADMIN: "The terminal's protection was switched off by its administrator",
    EvictionCause.ADMIN_CHANGED_BY_ADMIN: "The administrator's credentials were changed",
    EvictionCause.USER_CHANGED_BY_ADMIN: "The user's credentials were changed by the administrator",
    EvictionCause.USER_CHANGED_BY_USER: "The user's credentials were changed by a user",
    EvictionCause.ACCOUNT_NOT_LICENSED: "The terminal's licence does not include this account",
    EvictionCause.PIN_CHANGED_AFTER_CALL: "The terminal changed its PIN after the call",
    EvictionCause.TOKEN_EXPIRED: "The authorisation has expired",
}


def explain(cause: EvictionCause) -> str:
    """A sentence of its own for each cause; a cause that we do not know is told by its number."""
    return EXPLANATIONS.get(cause, f"The terminal ended our authorisation (cause {int(cause)})")
