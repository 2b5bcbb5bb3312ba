from tests.e2e.campaign.seeds import part

test_whatever_happens_the_room_knows_the_truth_again = part(3)
