"""Generation and ranking: video and words in, candidate sounds with score cards out. Knows no window."""

import os

# Torch's threads wait for each other at every layer. Spinning while they wait is ruin as soon as anything else wants
# a core (a layer of 0.08 s took 3.8 s); asleep, they lose next to nothing. OpenMP reads this once, when torch loads.
for _name, _value in (("OMP_WAIT_POLICY", "passive"), ("GOMP_SPINCOUNT", "0"), ("KMP_BLOCKTIME", "0")):
    os.environ.setdefault(_name, _value)
