"""What becomes of an update: from one state to the next, and the sentence that people read about it. No I/O."""

import msgspec

from appliance.card.update.plan import Step
from appliance.card.update.state import Stage, State, Target, changed, remembered_bad, without_target
from appliance.language.text import Text
from appliance.room.update import Update, UpdatePhase, said


def on_its_way(state: State, target: Target, stage: Stage, running: str) -> State:
    """Returns the state in which a version is on its way."""
    told = msgspec.structs.replace(
        state.told, installed=running, wanted=target.version, phase=UpdatePhase.INSTALLING, failed=False
    )
    return changed(without_target(state), target=target, stage=stage, told=told)


def gone_wrong(state: State, step: Step, why: Text, *, lasting: bool) -> State:
    """Returns the state after a step failed: the version is dropped, or stays for another time.

    What was written wrong is written once more. Nobody is troubled with a download that goes on later.
    """
    target = state.target
    if target is None:
        return state
    sentence = said(Text("update.refused", version=target.version, why=why))
    drops = lasting or (target.by_hand and step is not Step.RESTART)
    phase = UpdatePhase.IDLE if drops else state.told.phase
    told = Update(
        installed=state.told.installed,
        wanted="" if drops else target.version,
        phase=phase,
        result=sentence,
        failed=drops or step not in (Step.FETCH, Step.RESTART),
    )
    if lasting:
        state = changed(state, bad=remembered_bad(state, target.version))
    if drops:
        return changed(without_target(state), told=told)
    return changed(state, told=told, stage=Stage.VERIFIED if step is Step.COMPARE else state.stage)


def on_trial(state: State, boot: str, running: str) -> State:
    """Returns the state in which the version runs, and has not been confirmed."""
    told = msgspec.structs.replace(state.told, installed=running, wanted=running, phase=UpdatePhase.TRIAL)
    trials = state.trials + (boot != state.boot)
    return changed(state, trials=trials, boot=boot, told=told)


def confirmed(state: State, running: str) -> State:
    """Returns the state after a version has worked for long enough."""
    result = said(Text("update.installed", version=running))
    bad = {name: count for name, count in state.bad.items() if name != running}
    return changed(without_target(state), bad=bad, told=Update(running, result=result))


def came_back(state: State, running: str) -> State:
    """Returns the state of a box that is back in its former slot, and says why, as far as anybody knows."""
    target = state.target
    if target is None:
        return state
    why = Text("update.why.start") if state.why is None else state.why.text()
    result = Text("update.came_back", version=target.version, back=running, why=why)
    told = Update(running, result=said(result), failed=True)
    return changed(without_target(state), bad=remembered_bad(state, target.version), told=told)
