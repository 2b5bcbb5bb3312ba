"""What a call changes elsewhere in the terminal: screen, sound tests, slides, sharing, layout, accounts.

`Calls` announces the moments of a call here, so that it need not know what follows from each of them.
"""

from appliance.simulator.model.conversation.roster import Roster
from appliance.simulator.model.machine.accounts import Accounts
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.machine.sleep import Sleep
from appliance.simulator.model.media.layout import Layout
from appliance.simulator.model.media.sharing import Sharing
from appliance.simulator.model.media.slides import Slides
from appliance.simulator.model.media.sound_checks import SoundChecks
from appliance.simulator.model.people.directory import Directory


class CallEffects:
    """One method for each moment in the life of a call."""

    def __init__(
        self,
        *,
        directory: Directory,
        settings: Settings,
        accounts: Accounts,
        sleep: Sleep,
        sound_checks: SoundChecks,
        slides: Slides,
        sharing: Sharing,
        layout: Layout,
    ) -> None:
        self._directory = directory
        self._settings = settings
        self._accounts = accounts
        self._sleep = sleep
        self._sound_checks = sound_checks
        self._slides = slides
        self._sharing = sharing
        self._layout = layout

    def ringing(self) -> None:
        """Wakes the screen, since somebody calls the room."""
        self._sleep.set(enabled=False)

    def began(self) -> None:
        """Ends sound tests and reports that slides can be shown, since a conference has begun."""
        self._sound_checks.conference_began()
        self._slides.check_availability()

    def over(self) -> None:
        """Ends what was shown in a conference that is over."""
        self._slides.conference_over()
        self._sharing.conference_over()
        self._layout.reset()

    def left(self) -> None:
        """Reports that slides cannot be shown any more, after the state of the call has changed."""
        self._slides.check_availability()

    def closed(self, roster: Roster) -> None:
        """Releases the members of a conference that is gone, and may renew the user's PIN; nothing is sent any more."""
        self._sound_checks.report_bitrate()
        for peer in () if roster.goes_on else roster.members:
            self._directory.release(peer)
        if self._settings.values["changeUserAuthPinAfterConf"]:
            self._accounts.renew_user_pin()
