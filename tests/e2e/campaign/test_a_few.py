from tests.e2e.campaign.play import generation_of
from tests.e2e.campaign.script import FAR_SIDE, INPUTS, random_script
from tests.e2e.campaign.seeds import FEW, few

test_whatever_happens_the_room_knows_the_truth_again = few()


def test_a_few_seeds_have_every_terminal_and_every_kind_of_input() -> None:
    assert len({generation_of(seed) for seed in range(FEW)}) == 3
    scripts = [random_script(seed) for seed in range(FEW)]
    assert {*INPUTS, *FAR_SIDE} <= {step.verb for script in scripts for step in script}
    typed = [[step.about for step in script if step.verb == "key"] for script in scripts]
    assert any(("F3",) in keys and ("3",) in keys for keys in typed), "nobody types a password"
