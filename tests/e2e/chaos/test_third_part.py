from tests.e2e.chaos.seeds import part

test_whatever_fails_nothing_is_lost_doubled_or_false = part(2)
